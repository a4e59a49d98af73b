namespace Aixv.Protocol.Lineage;

/// <summary>Copies a graph without what some of its records say.</summary>
internal static class LineageGraphCopy
{
    /// <summary>What the sources of <paramref name="keep"/> say; nodes that none of them names are left out.</summary>
    internal static LineageGraphBuilder Keep(LineageGraph graph, IEnumerable<int> keep)
    {
        var builder = new LineageGraphBuilder(graph.NodeCount, graph.EdgeCount);
        var sources = new int[graph.SourceCount];
        var nodes = new int[graph.NodeCount];
        sources.AsSpan().Fill(-1);
        nodes.AsSpan().Fill(-1);
        foreach (var source in keep.Order())
        {
            sources[source] = builder.Source(graph.Sources.Rows[source], graph.Sources.Texts.Find);
        }

        int Node(int node)
        {
            if (nodes[node] < 0)
            {
                var (uri, name) = graph.Labels.Find(node);
                var (uriText, nameText) = (graph.Sources.Texts.Find(uri), graph.Sources.Texts.Find(name));
                nodes[node] = graph.IsDescribed(node) ? builder.DescribedNode(uriText, nameText) : builder.Node(graph.Nodes.Key(node), uriText, nameText);
            }

            return nodes[node];
        }

        for (var child = 0; child < graph.NodeCount; child++)
        {
            for (var i = 0; i < graph.Parents(child).Length; i++)
            {
                if (graph.ParentClaim(child, i) is var claim && sources[claim.Source] is >= 0 and var source)
                {
                    builder.AddEdge(Node(child), Node(graph.Parents(child)[i]), claim.Kind, claim.Relation, source);
                }
            }
        }

        CopyFacts(graph, builder, sources, Node);
        return builder;
    }

    private static void CopyFacts(LineageGraph graph, LineageGraphBuilder builder, int[] sources, Func<int, int> node)
    {
        for (var i = 0; i < graph.Facts.Subjects.Length; i += 2)
        {
            if (sources[graph.Facts.Subjects[i + 1]] is >= 0 and var source)
            {
                builder.AddSubject(node(graph.Facts.Subjects[i]), source);
            }
        }

        foreach (var bundle in graph.Facts.ReadBundles().Where(b => sources[b.Source] >= 0))
        {
            builder.Facts.AddBundle(
                sources[bundle.Source], builder.Texts.Add(graph.Sources.Texts.Find(bundle.Id)!), node(bundle.Primary), [.. bundle.Members.Select(node)]);
        }

        foreach (var rollback in graph.Facts.ReadRollbacks().Where(r => sources[r.Source] >= 0))
        {
            builder.Flag(node(rollback.Node), NodeFlags.Rollback);
            builder.Facts.AddRollback(sources[rollback.Source], node(rollback.Node), node(rollback.Artifact), node(rollback.Target));
        }

        foreach (var advisory in graph.Facts.ReadAdvisories().Where(a => sources[a.Source] >= 0))
        {
            builder.Facts.AddAdvisory(
                sources[advisory.Source], builder.Texts.Add(graph.Sources.Texts.Find(advisory.Id)!), [.. advisory.Affected.Select(a => (node(a.Node), a.Selectors))]);
        }
    }
}
