using Aixv.Bench.Measuring;

namespace Aixv.Bench.Rows;

/// <summary>Two threads that verify with one verifier, against one thread; by the clock on the wall, so the machine should be quiet.</summary>
internal sealed class ThreadsRow(SharedBundles bundles) : Row
{
    internal override string Name => "threads";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var set = bundles.Set;
        var verifier = set.NewVerifier();
        var paired = Paired.Measure(
            options.Repeats,
            () => 2 * set.Items.Count / CpuClock.Wall(() => InTwoThreads(() => VerifyRow.VerifyAll(verifier, set))),
            () => set.Items.Count / CpuClock.Wall(() => VerifyRow.VerifyAll(verifier, set)));
        return Task.FromResult<IReadOnlyList<Line>>(
            [Line.AtLeast("the same, two threads", $"{paired.Ours:0} /s", $"{paired.Yardstick:0} /s, one thread", paired.Ratio, 1.9)]);
    }

    private static void InTwoThreads(Action work)
    {
        var other = new Thread(() => work());
        other.Start();
        work();
        other.Join();
    }
}
