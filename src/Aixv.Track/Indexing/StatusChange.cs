using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>A record's new status.</summary>
internal sealed record StatusChange(TrackId Record, string Status);
