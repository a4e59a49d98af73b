using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>A described node as the index has it now.</summary>
/// <param name="Node">What is said of it.</param>
/// <param name="Source">Whose graph it is from, as <c>huggingface</c>.</param>
/// <param name="Realm">Whose import it is.</param>
/// <param name="IsPublic">Whether everybody sees it.</param>
/// <param name="Id">Its place: the log index of the entry that says so, and its number within.</param>
internal sealed record Described(DescribedNode Node, string Source, Realm Realm, bool IsPublic, long Id)
{
    public const int NumberBits = 12;

    /// <summary>The most nodes of one entry.</summary>
    public const int MaximumOfEntry = 1 << NumberBits;

    /// <summary>The log index of the entry that says so.</summary>
    public long LogIndex => Id >> NumberBits;

    public static long IdOf(long index, int number) => (index << NumberBits) | (long)number;

    /// <summary>The first id that an entry from this log index on can have.</summary>
    public static long FirstOf(long index) => index << NumberBits;
}
