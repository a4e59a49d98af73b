using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

/// <summary>The walker against a search as plain as it can be, on graphs large enough that it reads ahead and its memory grows.</summary>
public sealed class LineageWalkerTests
{
    private const int Nodes = 6000;

    [Theory]
    [InlineData(1, int.MaxValue)]
    [InlineData(2, 4)]
    [InlineData(3, 0)]
    public void A_walk_reaches_what_a_plain_search_reaches_in_the_same_order(int seed, int maximumDepth)
    {
        var (graph, trusted) = Graph(seed);
        var walker = new LineageWalker(graph);
        foreach (var start in (int[])[0, 1, 17, Nodes - 1, 0])
        {
            walker.Descend([start, 3], default(AnyEdge), maximumDepth);
            RequireSame(walker, Search([start, 3], maximumDepth, node => graph.Children(node).ToArray()));
            walker.Ascend([start], default(AnyEdge), maximumDepth);
            RequireSame(walker, Search([start], maximumDepth, node => graph.Parents(node).ToArray()));
            walker.Descend([start, 3], new TrustedEdge(trusted), maximumDepth);
            RequireSame(walker, Search([start, 3], maximumDepth, node => [.. graph.Children(node).ToArray().Where((_, place) => trusted[graph.ChildClaim(node, place).Source])]));
        }
    }

    private static void RequireSame(LineageWalker walker, (List<int> Nodes, List<int> From, List<int> Levels) expected)
    {
        Assert.Equal(expected.Nodes, walker.Reached.ToArray());
        Assert.Equal(expected.From, walker.From.ToArray());
        Assert.Equal(expected.Levels, walker.Levels);
        Assert.Equal(expected.Nodes.Order(), Enumerable.Range(0, Nodes).Where(walker.WasReached));
    }

    private static (List<int> Nodes, List<int> From, List<int> Levels) Search(int[] starts, int maximumDepth, Func<int, int[]> next)
    {
        var nodes = starts.Distinct().ToList();
        var from = Enumerable.Range(0, nodes.Count).ToList();
        var levels = new List<int> { nodes.Count };
        var seen = nodes.ToHashSet();
        for (int depth = 0, head = 0; depth < maximumDepth && head < nodes.Count; depth++)
        {
            for (var end = nodes.Count; head < end; head++)
            {
                foreach (var node in next(nodes[head]).Where(seen.Add))
                {
                    nodes.Add(node);
                    from.Add(head);
                }
            }

            if (nodes.Count > levels[^1])
            {
                levels.Add(nodes.Count);
            }
        }

        return (nodes, from, levels);
    }

    /// <summary>Node 1 is a hub; others have up to three parents, double edges and circles included; of three records one is not trusted.</summary>
    private static (LineageGraph Graph, bool[] Trusted) Graph(int seed)
    {
        var builder = new LineageGraphBuilder();
        int[] sources = [.. Enumerable.Range(0, 3).Select(i => builder.Source(new LineageSource($"record-{i}", SourceStatus.Unchecked, "training")))];
        var key = new byte[32];
        for (var node = 0; node < Nodes; node++)
        {
            BitConverter.TryWriteBytes(key, node);
            Assert.Equal(node, builder.Node(key));
        }

        var state = (uint)seed;
        int Below(int end)
        {
            state = unchecked((state * 1664525) + 1013904223);
            return (int)((state >> 8) % (uint)end);
        }

        for (var node = 2; node < Nodes; node++)
        {
            for (var i = Below(4); i > 0; i--)
            {
                builder.AddEdge(node, Below(5) == 0 ? 1 : Below(Nodes), EdgeKind.DerivedFrom, EdgeRelation.FineTune, sources[Below(3)]);
            }
        }

        return (builder.Build(), [true, true, false]);
    }
}
