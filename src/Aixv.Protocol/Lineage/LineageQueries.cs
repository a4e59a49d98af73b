using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>The questions that <c>provenance</c> asks of a graph. Not for concurrent use: it keeps the memory of its walks.</summary>
public sealed class LineageQueries(LineageGraph graph)
{
    /// <summary>How far a query goes when it is not told.</summary>
    public const int DefaultDepth = 3;

    private readonly LineageWalker walker = new(graph);

    /// <summary>The ancestors of an artifact, breadth first, nearest first; empty for one that no record names.</summary>
    public IReadOnlyList<LineageEntry> Trace(Digest artifact, int maximumDepth = DefaultDepth) => Walk(artifact, maximumDepth, up: true);

    /// <summary>The descendants of an artifact, breadth first, nearest first; empty for one that no record names.</summary>
    public IReadOnlyList<LineageEntry> Impact(Digest artifact, int maximumDepth = DefaultDepth) => Walk(artifact, maximumDepth, up: false);

    /// <summary>How many descendants an artifact has, at any depth.</summary>
    public int CountDescendants(Digest artifact)
    {
        if (graph.Find(artifact) is not (>= 0 and var start))
        {
            return 0;
        }

        walker.Descend([start], default(AnyEdge));
        return walker.Reached.Length - 1;
    }

    /// <summary>A shortest path from an artifact up to an ancestor, over trusted edges; null when there is none.</summary>
    public IReadOnlyList<LineageStep>? FindPath(Digest artifact, Digest ancestor, LineageTrust trust)
    {
        ArgumentNullException.ThrowIfNull(trust);
        if (graph.Find(artifact) is not (>= 0 and var start) || graph.Find(ancestor) is not (>= 0 and var goal))
        {
            return null;
        }

        walker.Ascend([start], new TrustedEdge(trust.Sources));
        if (!walker.WasReached(goal))
        {
            return null;
        }

        var steps = new List<LineageStep>();
        for (var place = walker.Reached.IndexOf(goal); walker.From[place] != place; place = walker.From[place])
        {
            steps.Add(Step(walker.Reached[walker.From[place]], walker.Reached[place], trust.Sources)!);
        }

        steps.Reverse();
        return steps;
    }

    /// <summary>The edge between two nodes with the most behind it; null when there is none.</summary>
    /// <param name="trusted">Which sources count; null for all.</param>
    internal LineageStep? Step(int child, int parent, bool[]? trusted = null) =>
        Step(graph, child, parent, trusted is null ? _ => true : claim => trusted[claim.Source]);

    /// <summary>The edge between two nodes with the most behind it, among the claims that <paramref name="counts"/> accepts.</summary>
    internal static LineageStep? Step(LineageGraph graph, int child, int parent, Func<EdgeClaim, bool> counts)
    {
        var targets = graph.ParentEdges.TargetsOf(child);
        var (best, tier) = (-1, EvidenceTier.Described);
        for (var i = 0; i < targets.Length; i++)
        {
            var claim = graph.ParentClaim(child, i);
            if (targets[i] == parent && counts(claim) && (best < 0 || graph.TierOf(child, parent, claim) > tier))
            {
                (best, tier) = (i, graph.TierOf(child, parent, claim));
            }
        }

        return best < 0 ? null : Step(graph, child, parent, graph.ParentClaim(child, best));
    }

    private static LineageStep Step(LineageGraph graph, int child, int parent, EdgeClaim claim) =>
        new(graph.Node(child), graph.Node(parent), claim.Kind, claim.Relation, graph.TierOf(child, parent, claim), graph.Source(claim));

    private List<LineageEntry> Walk(Digest artifact, int maximumDepth, bool up)
    {
        if (graph.Find(artifact) is not (>= 0 and var start))
        {
            return [];
        }

        if (up)
        {
            walker.Ascend([start], default(AnyEdge), maximumDepth);
        }
        else
        {
            walker.Descend([start], default(AnyEdge), maximumDepth);
        }

        var entries = new List<LineageEntry>(walker.Reached.Length - 1);
        for (int place = 1, depth = 1; place < walker.Reached.Length; place++)
        {
            depth += place == walker.Levels[depth] ? 1 : 0;
            var (node, before) = (walker.Reached[place], walker.Reached[walker.From[place]]);
            entries.Add(new LineageEntry(graph.Node(node), depth, up ? Step(before, node)! : Step(node, before)!));
        }

        return entries;
    }
}
