namespace Aixv.Track.Indexing;

/// <summary>A name that is taken once in a realm, and what it must come with to be the same again.</summary>
internal sealed record UniqueKey(string Key, ReadOnlyMemory<byte> Fingerprint);
