using System.Collections.Immutable;
using Aixv.Cli.Commands;

namespace Aixv.Cli.Conformance;

/// <summary>Runs vectors one after the other, each in a temporary folder of its own.</summary>
internal static class ConformanceRun
{
    public static async Task<ConformanceReport> RunAsync(
        App app, IConformanceTarget target, IEnumerable<Vector> vectors, CancellationToken cancellationToken)
    {
        var checks = ImmutableArray.CreateBuilder<CheckResult>();
        foreach (var vector in vectors)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var folder = Directory.CreateTempSubdirectory("aixv-conformance-");
            var start = app.Time.GetTimestamp();
            try
            {
                var differences = await vector.RunAsync(target, folder.FullName, cancellationToken);
                checks.Add(new CheckResult(vector, differences, app.Time.GetElapsedTime(start)));
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }

        return new ConformanceReport(VersionCommand.Current(), app.Time.GetUtcNow(), target.Name, checks.ToImmutable());
    }
}
