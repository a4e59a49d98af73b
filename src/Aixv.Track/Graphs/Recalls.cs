using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Advisories;
using Aixv.Track.Attestations;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Graphs;

/// <summary>Which nodes active advisories name or reach by the protocol's rules (§3), and along which path.</summary>
/// <remarks>Whoever signed counts: a page shows what is said and by whom; whose word decides is for the reader's policy.</remarks>
internal static class Recalls
{
    private const int MaximumNodes = 10_000;
    private const int MaximumAdvisories = 50;
    private static readonly LineageSource Signed = new("signed", SourceStatus.Verified, "", new LineageSigner("somebody", null));
    private static readonly LineageSource Stated = new("stated", SourceStatus.WithoutBundle, "");

    /// <param name="graph">The graph.</param>
    /// <param name="nodes">The nodes that are asked about.</param>
    /// <param name="advisories">The advisories that hold, the worst first.</param>
    public static Dictionary<NodeKey, Recall> Of(GraphReader graph, IReadOnlyList<NodeKey> nodes, IReadOnlyList<PublishedAdvisory> advisories)
    {
        var found = new Dictionary<NodeKey, Recall>();
        if (advisories.Count == 0)
        {
            return found;
        }

        // Nobody vouches for what was imported: it carries no recall.
        graph = graph.WithoutDescribed();
        var asked = nodes.Where(n => n.Digest is not null).ToList();
        var around = Around(graph, nodes, advisories);
        var near = advisories.Where(a => Targets(a).Any(t => asked.Contains(t) || (graph.Find(t) is >= 0 and var node && around.Contains(node)))).Take(MaximumAdvisories).ToList();
        if (near.Count == 0)
        {
            return found;
        }

        var (trust, names) = Build(graph, around, asked);
        foreach (var published in near)
        {
            var reach = AdvisoryReach.Of(published.Advisory, trust, ReachRules.Default);
            foreach (var node in asked)
            {
                if (reach.PathTo(node.Digest!) is { } steps)
                {
                    var recall = new Recall(published, steps.Count == 0, reach.IsAffected(node.Digest!), Path(node, steps, names));
                    if (!found.TryGetValue(node, out var known) || Rank(recall) < Rank(known))
                    {
                        found[node] = recall;
                    }
                }
            }
        }

        return found;
    }

    /// <summary>Named before reached, certain before possible; of equals the worse, which came first.</summary>
    private static int Rank(Recall recall) => recall.IsNamed ? 0 : recall.IsCertain ? 1 : 2;

    private static IEnumerable<NodeKey> Targets(PublishedAdvisory published) => published.Advisory.Affected.Select(t => t.Digest).OfType<Digest>().Select(NodeKey.Of);

    /// <summary>The nodes, all that they were made of, and what was made of them where an advisory goes back to parents.</summary>
    private static HashSet<int> Around(GraphReader graph, IReadOnlyList<NodeKey> nodes, IReadOnlyList<PublishedAdvisory> advisories)
    {
        var around = new HashSet<int>(nodes.Select(graph.Find).Where(n => n >= 0));
        var waiting = new Queue<int>(around);
        while (around.Count < MaximumNodes && waiting.TryDequeue(out var node))
        {
            foreach (var edge in graph.EdgesOf(node, up: true).Take(MaximumNodes))
            {
                if (around.Add(graph.ParentOf(edge)))
                {
                    waiting.Enqueue(graph.ParentOf(edge));
                }
            }
        }

        var children = advisories.SelectMany(a => a.Advisory.Affected)
            .Where(t => t.Digest is not null && t.Selectors.Contains(Selector.Parents))
            .Select(t => graph.Find(NodeKey.Of(t.Digest!)))
            .Where(n => n >= 0 && graph.EdgesOf(n, up: true).Any(edge => around.Contains(graph.ParentOf(edge))));
        around.UnionWith(children.ToList());
        return around;
    }

    private static (LineageTrust Trust, Dictionary<string, NodeKey> Names) Build(GraphReader graph, HashSet<int> around, List<NodeKey> asked)
    {
        var builder = new LineageGraphBuilder();
        var (signed, stated) = (builder.Source(Signed), builder.Source(Stated));
        var names = new Dictionary<string, NodeKey>(StringComparer.Ordinal);
        foreach (var node in asked)
        {
            Number(builder, names, node);
        }

        foreach (var node in around)
        {
            var child = Number(builder, names, graph.KeyOf(node));
            foreach (var edge in graph.EdgesOf(node, up: true).Take(MaximumNodes).Where(edge => around.Contains(graph.ParentOf(edge))))
            {
                var word = graph.RelationOf(edge);
                var (kind, relation) = EdgeWords.ToProtocol(word);
                builder.AddEdge(child, Number(builder, names, graph.KeyOf(graph.ParentOf(edge))), kind, relation, EdgeWords.Read(word).IsAttested ? signed : stated);
            }
        }

        return (LineageTrust.Of(builder.Build(), _ => true), names);
    }

    private static int Number(LineageGraphBuilder builder, Dictionary<string, NodeKey> names, NodeKey key)
    {
        names[key.Text] = key;
        return key.Digest is { } digest ? builder.Node(digest) : builder.DescribedNode(null, key.Text);
    }

    private static NodeKey[] Path(NodeKey node, IReadOnlyList<ReachStep> steps, Dictionary<string, NodeKey> names) => steps.Count == 0
        ? [node]
        : [names[steps[0].From.ToString()], .. steps.Select(step => names[step.To.ToString()])];
}
