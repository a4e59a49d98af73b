using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>A record that an entry makes.</summary>
internal sealed record NewRecord(RecordType Type, TrackId Id, string Status);
