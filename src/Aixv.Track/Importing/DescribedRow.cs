using Aixv.Sigstore.Artifacts;
using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>A row of the table <c>described</c>, and what the tables of words and keys have for it.</summary>
internal sealed record DescribedRow(
    long Id, long Realm, bool IsPublic, string Source, byte[] Node, byte[] Digest, string Name, string Kind, int Rank, byte[] Links, string Properties)
{
    private long? nodeHash;

    public static DescribedRow Of(long index, int number, Realm realm, bool isPublic, string source, DescribedNode node) => new(
        Described.IdOf(index, number),
        realm.Number,
        isPublic,
        source,
        node.Key.Bytes.ToArray(),
        node.Digest?.ToBytes() ?? [],
        node.Name,
        node.Kind,
        node.Rank,
        DescribedLinks.ToBytes(node.Links),
        node.Properties);

    /// <summary>The realm of its words and keys.</summary>
    public long Home => IsPublic ? Indexing.Realm.Public.Number : Realm;

    public long NodeHash => nodeHash ??= HashOf(Node);

    public static long HashOf(ReadOnlySpan<byte> node) => DescribedWords.HashOf('n', node);

    public static long HashOf(Digest digest) => DescribedWords.HashOf('d', digest.ToBytes());

    /// <summary>By what it is found in full: its key, its digest, its slug.</summary>
    public IEnumerable<long> Hashes()
    {
        yield return NodeHash;
        yield return DescribedWords.HashOfSlug(DescribedWords.SlugOf(Name));
        if (Digest.Length > 0)
        {
            yield return DescribedWords.HashOf('d', Digest);
        }
    }

    public List<string> Words() => DescribedWords.Of(Name);

    /// <summary>Whether it is about the same node, of the same source and tenant.</summary>
    public bool IsAbout(DescribedRow other) => Realm == other.Realm && Source == other.Source && Node.AsSpan().SequenceEqual(other.Node);

    /// <summary>Whether nothing new is said.</summary>
    public bool SaysTheSame(DescribedRow other) => IsPublic == other.IsPublic && Rank == other.Rank && Name == other.Name && Kind == other.Kind
        && Properties == other.Properties && Digest.AsSpan().SequenceEqual(other.Digest) && Links.AsSpan().SequenceEqual(other.Links);

    public Described ToDescribed() => new(
        new DescribedNode
        {
            Key = NodeKey.FromBytes(Node),
            Digest = Digest.Length > 0 ? Sigstore.Artifacts.Digest.FromBytes(Digest) : null,
            Name = Name,
            Kind = Kind,
            Properties = Properties,
            Rank = Rank,
            Links = DescribedLinks.Read(Links),
        },
        Source,
        new Realm(Realm),
        IsPublic,
        Id);
}
