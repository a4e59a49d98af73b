using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>What was reached, and from where; filled by <see cref="AdvisoryReach"/>.</summary>
/// <param name="graph">The graph.</param>
/// <param name="trusted">By source; null takes every record's word.</param>
internal sealed class ReachSearch(LineageGraph graph, bool[]? trusted)
{
    /// <summary>One walk down, kept for proofs: a proof never changes from one walk to another, whose rules may differ.</summary>
    private sealed record Descent(int[] Nodes, int[] From, Func<EdgeClaim, int, bool> Passes);

    private readonly record struct Link(ReachVia Via, int Depth, int From, int Source, Func<EdgeClaim, int, bool>? Passes, Descent? Descent, int Place);

    private readonly Dictionary<int, Link> links = [];
    private readonly List<int> order = [];

    internal LineageGraph Graph => graph;

    internal bool[]? Trusted => trusted;

    internal bool Trusts(int source) => trusted is null || trusted[source];

    internal bool Holds(Digest digest) => graph.Find(digest) is >= 0 and var node && links.ContainsKey(node);

    internal void Name(int node) => Add(node, new Link(ReachVia.Named, 0, -1, -1, null, null, -1));

    /// <param name="passes">Which claims carry the advisory.</param>
    internal void ReachParent(int parent, int named, Func<EdgeClaim, int, bool> passes) => Add(parent, new Link(ReachVia.Parent, 1, named, -1, passes, null, -1));

    internal void ReachMember(int member, int named, int source) => Add(member, new Link(ReachVia.BundleMember, 1, named, source, null, null, -1));

    /// <summary>Takes over all that the last walk reached.</summary>
    internal void ReachDescendants(LineageWalker walker, Func<EdgeClaim, int, bool> passes)
    {
        var descent = new Descent(walker.Reached.ToArray(), walker.From.ToArray(), passes);
        var depth = 0;
        for (var place = 0; place < descent.Nodes.Length; place++)
        {
            depth += place == walker.Levels[depth] ? 1 : 0;
            if (depth > 0)
            {
                Add(descent.Nodes[place], new Link(ReachVia.Descendant, depth, descent.Nodes[descent.From[place]], -1, passes, descent, place));
            }
        }
    }

    private void Add(int node, Link link)
    {
        if (!links.TryGetValue(node, out var known))
        {
            order.Add(node);
            links.Add(node, link);
        }
        else if (link.Depth < known.Depth)
        {
            links[node] = link;
        }
    }

    /// <summary>Nearest first.</summary>
    internal IEnumerable<ReachedArtifact> Artifacts() =>
        from node in order
        where !graph.IsDescribed(node)
        let link = links[node]
        orderby link.Depth
        select new ReachedArtifact(graph.DigestOf(node)!, link.Via, link.Depth, link.From < 0 ? null : graph.DigestOf(link.From));

    internal IReadOnlyList<ReachStep>? PathTo(Digest artifact) =>
        graph.Find(artifact) is >= 0 and var node && links.TryGetValue(node, out var link) ? PathTo(node, link) : null;

    /// <summary>The last step of <see cref="PathTo(Digest)"/> alone.</summary>
    internal ReachStep? LastStepTo(Digest artifact) => graph.Find(artifact) is >= 0 and var node && links.TryGetValue(node, out var link)
        ? PathTo(node, link, longest: 1) is [var last] ? last : null
        : null;

    private List<ReachStep> PathTo(int node, Link link, int longest = int.MaxValue)
    {
        switch (link.Via)
        {
            case ReachVia.Named:
                return [];
            case ReachVia.BundleMember:
                return [new ReachStep(graph.Node(link.From), graph.Node(node), link.Via, null, graph.Source(link.Source))];
            case ReachVia.Parent:
                return [Step(link.Via, link.From, node, LineageQueries.Step(graph, link.From, node, claim => link.Passes!(claim, node))!)];
            case ReachVia.Descendant:
                var steps = new List<ReachStep>();
                var descent = link.Descent!;
                for (var place = link.Place; descent.From[place] != place && steps.Count < longest; place = descent.From[place])
                {
                    var (child, parent) = (descent.Nodes[place], descent.Nodes[descent.From[place]]);
                    steps.Add(Step(link.Via, parent, child, LineageQueries.Step(graph, child, parent, claim => descent.Passes(claim, child))!));
                }

                steps.Reverse();
                return steps;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private ReachStep Step(ReachVia via, int from, int to, LineageStep edge) => new(graph.Node(from), graph.Node(to), via, edge, edge.Source);
}
