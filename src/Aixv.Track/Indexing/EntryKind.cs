using Aixv.Track.Log;

namespace Aixv.Track.Indexing;

/// <summary>One kind of entry: its name, and what it changes in the index.</summary>
/// <remarks>
/// A pure function of the entry's bytes: when the index is rebuilt, the same function runs over the same bytes. What it reads from
/// <see cref="Entry.Content"/> was written by this server, so malformed content is damage and an exception.
/// </remarks>
internal abstract class EntryKind(string name)
{
    /// <summary>As <c>model.attested</c>; never changes, for entries hold it.</summary>
    public string Name { get; } = name;

    /// <summary>Whether even a public tenant's entries of this kind are its own affair: never shown to others, and salted in the log.</summary>
    public virtual bool IsPrivate => false;

    /// <summary>Says what the entry changes.</summary>
    public abstract void Project(Entry entry, IndexChanges changes);
}
