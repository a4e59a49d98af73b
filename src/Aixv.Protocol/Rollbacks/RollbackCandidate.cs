using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Where a candidate comes from; the order is that of preference.</summary>
public enum CandidateOrigin
{
    /// <summary>An earlier release of the same line: same name or address, or a bundle of the same line.</summary>
    EarlierRelease = 1,

    /// <summary>What the artifact was rolled back to before.</summary>
    PreviousTarget,

    /// <summary>What the artifact was made from.</summary>
    Ancestor,

    /// <summary>Another model of a bundle that holds the artifact.</summary>
    BundleMember,
}

/// <summary>An artifact that could take the place of another.</summary>
/// <param name="Node">The artifact.</param>
/// <param name="Origin">Why it comes into question.</param>
/// <param name="Depth">For an ancestor, how many edges up; else 0.</param>
/// <param name="ReleasedAt">The verified time of its latest attestation, or null.</param>
/// <param name="Reasons">Admissible: why. Rejected: why not.</param>
/// <param name="Incompatibilities">What is known not to fit.</param>
/// <param name="Unknown">What could not be compared.</param>
public sealed record RollbackCandidate(
    LineageNode Node,
    CandidateOrigin Origin,
    int Depth,
    DateTimeOffset? ReleasedAt,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<Incompatibility> Incompatibilities,
    IReadOnlyList<ModelAspect> Unknown);
