using System.Collections.Immutable;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>What somebody else's graph says of a model, dataset or process. Nobody vouches for it: it is shown as described and decides nothing.</summary>
internal sealed record DescribedNode
{
    /// <summary>By what others refer to it: a URI as <c>hf://org/model</c>, or a digest.</summary>
    public required NodeKey Key { get; init; }

    /// <summary>The SHA-256 of the one file that it is: where it is joined with proofs. Null where there is none, or several.</summary>
    public Digest? Digest { get; init; }

    public required string Name { get; init; }

    /// <summary>One of <see cref="DescribedWords.Kinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>One JSON object of texts: licence, downloads and the like.</summary>
    public string Properties { get; init; } = "{}";

    /// <summary>0 for what is used most; what search shows first.</summary>
    public int Rank { get; init; } = DescribedWords.LastRank;

    public ImmutableArray<DescribedLink> Links { get; init; } = [];
}
