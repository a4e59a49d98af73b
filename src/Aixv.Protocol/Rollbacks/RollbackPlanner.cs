using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Plans the way back: candidates, best first, each judged as of now; never onto a recalled lineage.</summary>
/// <param name="graph">The lineage.</param>
/// <param name="admit">Whether a policy admits an artifact now.</param>
/// <param name="recalls">The active advisories that name or reach an artifact; empty for one that nothing is said of.</param>
/// <param name="facts">What is known of a model.</param>
public sealed class RollbackPlanner(
    LineageGraph graph,
    Func<Digest, CancellationToken, Task<CandidateVerdict>> admit,
    Func<Digest, IReadOnlyList<string>> recalls,
    Func<Digest, ModelFacts> facts)
{
    /// <summary>The plan for an artifact; without candidates when no record names it.</summary>
    public async Task<RollbackPlan> PlanAsync(Digest artifact, CancellationToken cancellationToken = default)
    {
        if (graph.Find(artifact) is not (>= 0 and var node))
        {
            return new RollbackPlan(artifact, [], []);
        }

        var now = facts(artifact);
        var (admissible, rejected) = (new List<RollbackCandidate>(), new List<RollbackCandidate>());
        foreach (var found in new RollbackCandidates(graph).Find(node))
        {
            var digest = graph.DigestOf(found.Node)!;
            var verdict = Recalled(found.Node) is { Count: > 0 } reasons
                ? new CandidateVerdict(false, reasons)
                : await admit(digest, cancellationToken).ConfigureAwait(false);
            var then = facts(digest);
            (verdict.Admitted ? admissible : rejected).Add(new RollbackCandidate(
                graph.Node(found.Node), found.Origin, found.Depth, found.Time, verdict.Reasons, now.Incompatibilities(then), now.Unknown(then)));
        }

        return new RollbackPlan(artifact, [.. admissible.OrderBy(c => c.Incompatibilities.Any(i => i.BreaksCallers))], rejected);
    }

    /// <summary>Why a candidate's lineage is recalled. Every link counts here, signed or not: a plan is advice, and advises caution.</summary>
    private List<string> Recalled(int candidate)
    {
        var reasons = new List<string>();
        var walker = new LineageWalker(graph);
        walker.Ascend([candidate], default(LineageEdge));
        foreach (var node in walker.Reached)
        {
            if (graph.DigestOf(node) is { } digest && recalls(digest) is { Count: > 0 } advisories)
            {
                reasons.Add(node == candidate
                    ? $"recalled: {string.Join(", ", advisories)}"
                    : $"its ancestor {graph.Node(node)} is recalled: {string.Join(", ", advisories)}");
            }
        }

        return reasons;
    }

    /// <summary>Everything that went into a model; what it was measured with did not.</summary>
    private readonly struct LineageEdge : IEdgeFilter
    {
        public bool Passes(uint claim, int target) => new EdgeClaim(claim).Kind != EdgeKind.EvaluatedWith;
    }
}
