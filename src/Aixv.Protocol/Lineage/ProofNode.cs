using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Lineage;

/// <summary>An artifact in a deep verification.</summary>
/// <param name="Node">The artifact.</param>
/// <param name="Depth">How many edges up; 0 is what was verified.</param>
/// <param name="Standing">How it stands.</param>
/// <param name="Detail">A sentence on the standing.</param>
/// <param name="Records">Its records, as verified just now.</param>
/// <param name="Parents">Places of its parents in <see cref="DeepProof.Nodes"/>.</param>
/// <param name="Advisories">Active advisories on it.</param>
public sealed record ProofNode(
    LineageNode Node,
    int Depth,
    ProofStanding Standing,
    string Detail,
    IReadOnlyList<LineageSource> Records,
    IReadOnlyList<int> Parents,
    IReadOnlyList<string> Advisories)
{
    /// <summary>The tier that was proven.</summary>
    public EvidenceTier Tier => Node.Digest is null ? EvidenceTier.Described
        : Records.Any(r => r.Status == SourceStatus.Verified && Vouching.Vouches(r.PredicateType)) ? EvidenceTier.Attested
        : EvidenceTier.Identified;
}
