using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Bench.Rows;

/// <summary>Impact and ancestors in a world of 2 million models, 1 million datasets and 6 million edges.</summary>
internal sealed class LineageWalkRow : Row
{
    private const int Models = 2_000_000;
    private const int Datasets = 1_000_000;

    internal override string Name => "lineage";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var world = LineageWorld.Create(Models, Datasets, seed: 1);
        var graph = world.ToGraph();
        var plain = PlainGraph.Create(world.Nodes, world.Parents, world.Children);
        using var sqlite = new SqliteGraph(options.Scratch);
        sqlite.Insert(world.Children, world.Parents);
        sqlite.AddReverseIndex();
        var hub = Enumerable.Range(Datasets, 1000).Reverse().First(n => plain.Count(n) >= 500_000);
        var queries = new LineageQueries(graph);
        var digest = DigestOf(hub);
        var reached = queries.CountDescendants(digest);
        Require(reached == plain.Count(hub), "impact differs from the plain search");

        double Ours() => 1 / CpuClock.Cpu(() => Repeat(5, () => queries.CountDescendants(digest)));
        var search = Paired.Measure(options.Repeats, Ours, () => 1 / CpuClock.Cpu(() => Repeat(5, () => plain.Count(hub))));
        var table = Paired.Measure(Math.Min(3, options.Repeats), () => Ours() * 5, () => 1 / CpuClock.Cpu(() => Require(sqlite.CountDescendants(hub) == reached, "impact differs from SQLite")));
        var small = Enumerable.Range(0, 5000).Select(i => world.Nodes - 1 - (i * 7)).Where(n => Ancestors(graph, n) is > 10 and <= 1000).Take(200).ToArray();
        var up = Paired.Measure(
            options.Repeats,
            () => small.Length / CpuClock.Cpu(() => Array.ForEach(small, n => Ancestors(graph, n))),
            () => small.Length / CpuClock.Cpu(() => Array.ForEach(small, n => sqlite.CountAncestors(n))));
        var perEdge = (graph.TopologyBytes - (48.0 * graph.NodeCount)) / graph.EdgeCount;
        return Task.FromResult<IReadOnlyList<Line>>(
        [
            Line.AtLeast($"impact of a hub that reaches {reached:#,0}", $"{1000 / search.Ours / 5:0.0} ms", $"{1000 / search.Yardstick / 5:0.0} ms, breadth-first search over plain arrays", search.Ratio, 0.8),
            Line.AtLeast("the same, against SQLite", $"{1000 / table.Ours:0.0} ms", $"{1000 / table.Yardstick:0} ms, its recursive query", table.Ratio, 40),
            Line.AtLeast("ancestors, 10 to 1,000 of them", $"{1000 / up.Ours:0.000} ms", $"{1000 / up.Yardstick:0.00} ms, SQLite's recursive query", up.Ratio, 8),
            Line.AtMost("the same, in all", $"{1000 / up.Ours:0.000} ms", "0.15 ms", 1000 / up.Ours / 0.15, 1),
            Line.AtMost($"memory for {graph.EdgeCount:#,0} edges both ways", $"{perEdge:0.0} bytes an edge beside 48 a node", "16 bytes", perEdge / 16, 1),
        ]);
    }

    private LineageWalker? walker;

    private int Ancestors(LineageGraph graph, int node)
    {
        walker ??= new LineageWalker(graph);
        walker.Ascend([node], default(AnyEdge));
        return walker.Reached.Length - 1;
    }

    private static Digest DigestOf(int node)
    {
        var key = new byte[32];
        LineageWorld.Key(node, key);
        return Digest.FromBytes(key);
    }

    private static void Repeat(int count, Action work)
    {
        for (var i = 0; i < count; i++)
        {
            work();
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
