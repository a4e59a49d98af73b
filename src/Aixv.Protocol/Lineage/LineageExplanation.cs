using Aixv.Protocol.Advisories;

namespace Aixv.Protocol.Lineage;

/// <summary>Why an artifact is flagged, and where it stands: the least evidence that proves it.</summary>
/// <param name="Parents">Its ancestors, as a trace gives them.</param>
/// <param name="Descendants">What comes from it, as an impact gives them.</param>
/// <param name="Evidence">The advisories that reach it, certain ones first.</param>
/// <param name="Contradictions">Records that contradict each other about it.</param>
/// <param name="MissingParents">Ancestors without a record of their own.</param>
public sealed record LineageExplanation(
    IReadOnlyList<LineageEntry> Parents,
    IReadOnlyList<LineageEntry> Descendants,
    IReadOnlyList<ReachEvidence> Evidence,
    IReadOnlyList<LineageContradiction> Contradictions,
    IReadOnlyList<LineageNode> MissingParents)
{
    /// <summary>Ways that lead back to where they began, from child to parent, the first node not repeated: among the artifact and its ancestors.</summary>
    public IReadOnlyList<IReadOnlyList<LineageNode>> Cycles { get; init; } = [];
}

/// <summary>An advisory that reaches an artifact, with its proof.</summary>
/// <param name="Advisory">The advisory.</param>
/// <param name="IsCertain">Whether the way is attested by trusted signers throughout; only then may a decision rest on it.</param>
/// <param name="Path">A shortest way from a digest that the advisory names; each step with its record, signer and log entry.</param>
/// <param name="Record">The advisory's own record, with its signer and log entry; null when the store has none.</param>
public sealed record ReachEvidence(Advisory Advisory, bool IsCertain, IReadOnlyList<ReachStep> Path, LineageSource? Record);
