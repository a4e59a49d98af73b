namespace Aixv.Track.Indexing;

/// <summary>What the writer must know of a record to decide whether an entry may be logged.</summary>
internal sealed record RecordState(Realm Realm, bool IsPublic, RecordType Type, string Status, long Index);
