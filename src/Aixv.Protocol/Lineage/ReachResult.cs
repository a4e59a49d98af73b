using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>What an advisory reaches.</summary>
public sealed class ReachResult
{
    private readonly ReachSearch affected;
    private readonly ReachSearch possible;
    private readonly HashSet<Digest> unknown;

    internal ReachResult(IReadOnlyList<Digest> unknown, ReachSearch affected, ReachSearch possible)
    {
        (this.affected, this.possible, this.unknown) = (affected, possible, [.. unknown]);
        Affected = [.. affected.Artifacts(), .. unknown.Select(d => new ReachedArtifact(d, ReachVia.Named, 0, null))];
        Possible = [.. possible.Artifacts().Where(a => !affected.Holds(a.Digest))];
    }

    /// <summary>What is affected: named, or reached along attested edges by trusted signers. A decision may rest on it.</summary>
    public IReadOnlyList<ReachedArtifact> Affected { get; }

    /// <summary>What would be affected if unsigned, untrusted or described links were right. No decision may rest on it.</summary>
    public IReadOnlyList<ReachedArtifact> Possible { get; }

    /// <summary>Whether the artifact is affected.</summary>
    public bool IsAffected(Digest artifact) => affected.Holds(artifact) || unknown.Contains(artifact);

    /// <summary>A shortest proof, from a digest that the advisory names to <paramref name="artifact"/>; empty when it is named, null when it is not reached.</summary>
    public IReadOnlyList<ReachStep>? PathTo(Digest artifact) =>
        affected.PathTo(artifact) ?? (IsAffected(artifact) ? [] : possible.PathTo(artifact));

    /// <summary>The last step of that proof; null where it has none.</summary>
    public ReachStep? LastStepTo(Digest artifact) => affected.Holds(artifact) ? affected.LastStepTo(artifact) : IsAffected(artifact) ? null : possible.LastStepTo(artifact);
}
