using Aixv.Bench.Measuring;
using Aixv.Protocol.Lineage;

namespace Aixv.Bench.Rows;

/// <summary>Opening a stored graph of 10 million edges, against reading its bytes.</summary>
internal sealed class LineageOpenRow : Row
{
    internal override string Name => "lineage-open";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var path = Path.Combine(options.Scratch, $"aixv-bench-{Guid.NewGuid():N}.graph");
        try
        {
            var key = IndexKey.Create();
            var graph = LineageWorld.Create(5_000_000, 0, seed: 2).ToGraph();
            GraphFile.Write(path, graph, 0, key);
            var (edges, bytes) = (graph.EdgeCount, new FileInfo(path).Length);
            graph = null;
            var open = Paired.Measure(
                options.Repeats,
                () => Measure(() => Require(GraphFile.TryRead(path, key, out _)?.EdgeCount == edges)),
                () => Measure(() => Require(File.ReadAllBytes(path).LongLength == bytes)));
            return Task.FromResult<IReadOnlyList<Line>>(
            [
                Line.AtMost(
                    $"open a stored graph of {edges:#,0} edges, sealed ({bytes / 1_000_000} MB)",
                    $"{1000 * open.Ours:0} ms", $"{1000 * open.Yardstick:0} ms, reading its bytes", open.Ratio, 1.5),
            ]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static double Measure(Action work)
    {
        GC.Collect();
        return CpuClock.Wall(work);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The stored graph is not what was written.");
        }
    }
}
