using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Where an artifact could be rolled back to.</summary>
/// <param name="Artifact">What is to be rolled back.</param>
/// <param name="Candidates">Admissible now, best first.</param>
/// <param name="Rejected">Not admissible, with the reasons, in the order in which they would have come.</param>
public sealed record RollbackPlan(Digest Artifact, IReadOnlyList<RollbackCandidate> Candidates, IReadOnlyList<RollbackCandidate> Rejected);
