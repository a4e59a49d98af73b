namespace Aixv.Track.Indexing;

/// <summary>An edge with the log index of the entry that asserts it.</summary>
internal sealed record StoredEdge(IndexEdge Edge, long Index);
