using System.Collections.Concurrent;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Admission;

/// <summary>What the lineage graph says of an artifact, as evidence. What reaches what is worked out once for each advisory.</summary>
/// <remarks>
/// Of several ways from an advisory to an artifact one is recorded that counts under the policy, if there is one; a replay by another
/// policy judges the recorded ways.
/// </remarks>
public sealed class GraphEvidence
{
    private readonly LineageGraph graph;
    private readonly PolicyTrust trust;
    private readonly LineageTrust trusted;
    private readonly int depth;
    private readonly Lazy<IReadOnlyList<IReadOnlyList<int>>> cycles;
    private readonly ConcurrentDictionary<Advisory, Lazy<ReachResult>> reached = new(ReferenceEqualityComparer.Instance);

    public GraphEvidence(LineageGraph graph, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        this.graph = graph;
        trust = new PolicyTrust(policy);
        trusted = LineageTrust.Of(graph, signer => trust.TrustsForLineage(signer.Subject, signer.Issuer));
        depth = policy.Lineage?.MaxDepth ?? LineageRules.DefaultDepth;
        cycles = new(() => LineageCycles.Find(graph));
    }

    /// <summary>How an advisory comes to the artifact; for <see cref="StoreScan.AddTo"/>.</summary>
    public IEnumerable<ReachPath> Paths(Advisory advisory, Digest artifact)
    {
        ArgumentNullException.ThrowIfNull(advisory);
        var result = reached.GetOrAdd(advisory, a => new(() => AdvisoryReach.Of(a, trusted, trust.Reach))).Value;
        if (result.PathTo(artifact) is not [var first, ..] steps || !steps.All(IsIdentified))
        {
            // What only a name connects can change no decision.
            return [];
        }

        // A way that does not count is kept too: it shows why the advisory does not, and only tokenizers that are known to be shared carry.
        var inherits = advisory.Class == AdvisoryClass.Tokenizer && result.IsAffected(artifact);
        return [new ReachPath(SelectorOf(first.Via), [.. steps.Select(step => Edge(step, inherits))])];
    }

    private static bool IsIdentified(ReachStep step) => step.From.Digest is not null && step.To.Digest is not null;

    private static Selector SelectorOf(ReachVia via) => via switch
    {
        ReachVia.Descendant => Selector.Descendants,
        ReachVia.Parent => Selector.Parents,
        ReachVia.BundleMember => Selector.Bundles,
        ReachVia.Named => throw new System.Diagnostics.UnreachableException(),
    };

    private static EdgeEvidence Edge(ReachStep step, bool inheritsTokenizer)
    {
        var tier = step.Source.Status == SourceStatus.Verified ? EvidenceTier.Attested : EvidenceTier.Identified;
        var (parent, child) = step.Via == ReachVia.Parent ? (step.To, step.From) : (step.From, step.To);
        return new EdgeEvidence(step.Edge?.Kind.ToName() ?? EdgeEvidence.BundleKind, parent.Digest!, child.Digest!, tier, Signer(step.Source), inheritsTokenizer);
    }

    private static SignerEvidence? Signer(LineageSource source) => source.Signer is { } signer ? new SignerEvidence(signer.Subject, signer.Issuer) : null;

    /// <summary>The ancestors up to the policy's depth, cycles among them, and contradictions between signers that the policy trusts.</summary>
    public LineageEvidence Lineage(Digest artifact)
    {
        var entries = new LineageQueries(graph).Trace(artifact, depth + 1);
        var near = entries.Where(entry => entry.Depth <= depth).ToList();
        var nodes = near.Select(NodeOf).Append(graph.Find(artifact)).Where(node => node >= 0).ToHashSet();
        return new LineageEvidence(
            depth,
            entries.Count == near.Count,
            [.. near.Select(Ancestor)],
            [.. cycles.Value.Where(cycle => cycle.Any(nodes.Contains)).Select(Describe)],
            [.. nodes.Order().SelectMany(node => LineageContradictions.Find(graph, node)).Where(IsTrusted).Select(Describe)]);
    }

    private int NodeOf(LineageEntry entry) => entry.Node.Digest is { } digest ? graph.Find(digest) : graph.FindDescribed(entry.Node.Uri, entry.Node.Name);

    private AncestorEvidence Ancestor(LineageEntry entry)
    {
        var name = entry.Node.Uri ?? entry.Node.Name;
        var node = NodeOf(entry);
        if (entry.Node.Digest is null || node < 0)
        {
            return new AncestorEvidence(entry.Node.Digest, name, entry.Depth, entry.Node.Digest is null ? EvidenceTier.Described : EvidenceTier.Identified, null);
        }

        var signers = graph.SourcesOf(node).Select(graph.Source).Where(source => source is { Status: SourceStatus.Verified, Signer: not null } && Vouching.Vouches(source.PredicateType)).Select(Signer).OfType<SignerEvidence>().ToList();
        var signer = signers.Find(s => trust.TrustsForLineage(s.Subject, s.Issuer)) ?? signers.FirstOrDefault();
        return new AncestorEvidence(entry.Node.Digest, name, entry.Depth, signer is null ? EvidenceTier.Identified : EvidenceTier.Attested, signer);
    }

    private bool IsTrusted(LineageContradiction contradiction) =>
        contradiction.Attested
        && contradiction.First.Signer is { } first && trust.TrustsForLineage(first.Subject, first.Issuer)
        && contradiction.Second.Signer is { } second && trust.TrustsForLineage(second.Subject, second.Issuer);

    private string Describe(IReadOnlyList<int> cycle) => string.Join(" from ", cycle.Append(cycle[0]).Select(node => graph.Node(node).ToString()));

    private static string Describe(LineageContradiction contradiction) =>
        $"{contradiction.Artifact}: {contradiction.First.Signer?.Subject} and {contradiction.Second.Signer?.Subject} name different parents ({contradiction.Kind.ToName()})";
}
