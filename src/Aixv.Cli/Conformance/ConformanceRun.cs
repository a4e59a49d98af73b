using Aixv.Cli.Commands;

namespace Aixv.Cli.Conformance;

/// <summary>Runs vectors, each in a temporary folder of its own: in process one after the other, other programs a few at a time.</summary>
internal static class ConformanceRun
{
    private const int MaximumPrograms = 8;

    public static async Task<ConformanceReport> RunAsync(
        App app, IConformanceTarget target, IEnumerable<Vector> vectors, CancellationToken cancellationToken)
    {
        Vector[] all = [.. vectors];
        var checks = new CheckResult[all.Length];
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = target.IsOther ? Math.Min(Environment.ProcessorCount, MaximumPrograms) : 1 };
        await Parallel.ForEachAsync(Enumerable.Range(0, all.Length), options, async (i, cancel) => checks[i] = await RunAsync(app, target, all[i], cancel));
        return new ConformanceReport(VersionCommand.Current(), app.Time.GetUtcNow(), target.Name, [.. checks]);
    }

    private static async Task<CheckResult> RunAsync(App app, IConformanceTarget target, Vector vector, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("aixv-conformance-");
        var start = app.Time.GetTimestamp();
        try
        {
            var differences = await vector.RunAsync(target, folder.FullName, cancellationToken);
            return new CheckResult(vector, differences, app.Time.GetElapsedTime(start));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
