using Aixv.Bench.Measuring;
using Aixv.Protocol.Admission;

namespace Aixv.Bench.Rows;

/// <summary>A saved decision read, decided again from its evidence, and compared byte for byte: one thread, per second of the clock.</summary>
internal sealed class ReplayRow : Row
{
    private const int Rounds = 5000;
    private const double Goal = 5000;
    private static readonly string Document = Path.Combine("testdata", "golden", "documents", "saved-decision.v1.json");

    internal override string Name => "replay";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var bytes = File.ReadAllBytes(Document);
        var saved = SavedDecision.Parse(bytes);
        var rates = new List<double>();
        var decisions = new List<double>();
        for (var i = 0; i <= options.Repeats; i++)
        {
            rates.Add(Rounds / CpuClock.Wall(() => Repeat(() => Replay(bytes))));
            decisions.Add(CpuClock.Wall(() => Repeat(() => AdmissionEngine.Decide(saved.Evidence, saved.Policy, saved.DecidedAt))) * 1000 / Rounds);
        }

        var (rate, decision) = (Paired.Median([.. rates.Skip(1)]), Paired.Median([.. decisions.Skip(1)]));
        return Task.FromResult<IReadOnlyList<Line>>(
        [
            new Line("decision replay, from the file's bytes", $"{rate:#,0} /s", "", null, "≥ 5,000 /s", rate >= Goal),
            new Line("one decision from evidence at hand", $"{decision:0.000} ms", "", null, "≤ 0.3 ms", decision <= 0.3),
        ]);
    }

    private static void Repeat(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }
    }

    private static void Replay(byte[] bytes)
    {
        if (!SavedDecision.Parse(bytes).Replay().IsReproduced)
        {
            throw new InvalidOperationException("A saved decision is not reproduced.");
        }
    }
}
