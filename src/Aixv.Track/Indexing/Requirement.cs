using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>What must hold of a record when an entry is logged.</summary>
internal sealed record Requirement(RecordType Type, TrackId Record, IReadOnlyList<string> Statuses);
