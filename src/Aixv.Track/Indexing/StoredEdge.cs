namespace Aixv.Track.Indexing;

/// <summary>An edge with the log index of the entry that asserts it.</summary>
internal sealed record StoredEdge(IndexEdge Edge, long Index)
{
    /// <summary>Whose entry it is. Only set where edges of every tenant are read.</summary>
    public Realm Realm { get; init; }

    /// <summary>Whether everybody sees the entry. Only set where edges of every tenant are read.</summary>
    public bool IsPublic { get; init; }
}
