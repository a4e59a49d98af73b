using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>Works out what an advisory reaches (protocol §3): the digests that it names, and by its selectors what lies beyond.</summary>
/// <remarks>
/// <c>descendants</c> follows edges down as far as the rules let the advisory's class flow; <c>parents</c> is one edge up;
/// <c>bundles</c> is every member of the bundles that hold the named artifact. Selectors do not add to each other: each starts at the name.
/// </remarks>
public static class AdvisoryReach
{
    /// <param name="advisory">The advisory, which the caller trusts.</param>
    /// <param name="trust">Whose edges and bundles count.</param>
    /// <param name="rules">Where it flows.</param>
    public static ReachResult Of(Advisory advisory, LineageTrust trust, ReachRules rules)
    {
        ArgumentNullException.ThrowIfNull(advisory);
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(rules);
        var graph = trust.Graph;
        var flow = ReachFlow.Of(rules, advisory.Class);
        var targets = advisory.Affected.Where(t => t.Digest is not null).ToList();
        var affected = new ReachSearch(graph, trust.Sources);
        Search(affected, flow, [.. targets.Select(t => (graph.Find(t.Digest!), t)).Where(t => t.Item1 >= 0)]);

        // What if everybody were right, and what is only described under the artifact's own address were the artifact?
        var possible = new ReachSearch(graph, null);
        Search(possible, flow, [.. targets.SelectMany(t => Aliases(graph, t.Digest!).Select(node => (node, t)))]);
        return new ReachResult([.. targets.Select(t => t.Digest!).Where(d => graph.Find(d) < 0).Distinct()], affected, possible);
    }

    private static IEnumerable<int> Aliases(LineageGraph graph, Digest digest)
    {
        var node = graph.Find(digest);
        if (node < 0)
        {
            return [];
        }

        return graph.Node(node).Uri is { } uri && graph.FindDescribed(uri, null) is >= 0 and var described ? [node, described] : [node];
    }

    private static void Search(ReachSearch search, ReachFlow flow, List<(int Node, AffectedTarget Target)> named)
    {
        foreach (var (node, _) in named)
        {
            search.Name(node);
        }

        if (flow.IsConditional)
        {
            // Each name has tokenizers of its own.
            foreach (var (node, target) in named)
            {
                Search(search, flow, [(node, target)], TokenizerUse(search, node));
            }
        }
        else
        {
            Search(search, flow, named, _ => false);
        }
    }

    private static void Search(ReachSearch search, ReachFlow flow, List<(int Node, AffectedTarget Target)> named, Func<int, bool> usesTokenizer)
    {
        bool Passes(EdgeClaim claim, int target) => new FlowingEdge(search.Trusted, flow, usesTokenizer).Passes(claim.Bits, target);
        foreach (var node in Having(named, Selector.Parents))
        {
            var parents = search.Graph.Parents(node);
            for (var i = 0; i < parents.Length; i++)
            {
                if (Passes(search.Graph.ParentClaim(node, i), parents[i]) && !search.Graph.IsDescribed(parents[i]))
                {
                    search.ReachParent(parents[i], node, Passes);
                }
            }
        }

        foreach (var node in Having(named, Selector.Bundles))
        {
            foreach (var bundle in search.Graph.Facts.ReadBundles().Where(b => search.Trusts(b.Source) && b.Members.Contains(node)))
            {
                foreach (var member in bundle.Members)
                {
                    search.ReachMember(member, node, bundle.Source);
                }
            }
        }

        Descend(search, flow, [.. Having(named, Selector.Descendants)], usesTokenizer, Passes);
    }

    private static void Descend(ReachSearch search, ReachFlow flow, int[] starts, Func<int, bool> usesTokenizer, Func<EdgeClaim, int, bool> passes)
    {
        if (starts.Length == 0)
        {
            return;
        }

        var walker = new LineageWalker(search.Graph);
        walker.Descend(starts, new FlowingEdge(search.Trusted, flow, usesTokenizer));
        search.ReachDescendants(walker, passes);
    }

    private static IEnumerable<int> Having(List<(int Node, AffectedTarget Target)> named, Selector selector) =>
        named.Where(n => n.Target.Selectors.Contains(selector)).Select(n => n.Node).Distinct();

    /// <summary>Whether a node uses what the advisory is about: the named tokenizer, or a tokenizer of the named model.</summary>
    /// <remarks>Where every record's word is taken, a node of which no record names a tokenizer may use it.</remarks>
    private static Func<int, bool> TokenizerUse(ReachSearch search, int named)
    {
        var tokenizers = TokenizersOf(search, named).Append(named).ToHashSet();
        return node =>
        {
            var own = TokenizersOf(search, node).ToList();
            return tokenizers.Contains(node) || own.Exists(tokenizers.Contains) || (search.Trusted is null && own.Count == 0);
        };
    }

    private static IEnumerable<int> TokenizersOf(ReachSearch search, int node)
    {
        var graph = search.Graph;
        for (var i = 0; i < graph.Parents(node).Length; i++)
        {
            if (graph.ParentClaim(node, i) is { Relation: EdgeRelation.Tokenizer } claim && search.Trusts(claim.Source) && !graph.IsDescribed(graph.Parents(node)[i]))
            {
                yield return graph.Parents(node)[i];
            }
        }
    }
}
