using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Track.Log;

namespace Aixv.Bench.Rows;

/// <summary>The registry on PostgreSQL: one node, and two, each a process of its own, under the same load.</summary>
internal sealed class TrackPostgresRow : Row
{
    internal override string Name => "track-postgres";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        if (!Wrk.IsInstalled || !PostgresServer.IsInstalled)
        {
            return [Line.Missing("attesting over HTTP, PostgreSQL", "wrk and PostgreSQL are needed")];
        }

        var folder = options.EmptyFolder("track-postgres");
        try
        {
            await using var database = await PostgresServer.StartAsync();
            var key = Path.Combine(folder, "log.key");
            LogKeyFile.LoadOrCreate(key, "bench.test/track");
            await using var first = await ServerProcess.StartAsync("track", Path.Combine(folder, "1"), database.Connection, key);
            await using var second = await ServerProcess.StartAsync("track", Path.Combine(folder, "2"), database.Connection, key);
            await using var ceiling = await ServerProcess.StartAsync("ceiling");
            var one = await TrackLoad.StartAsync(folder, first);
            var two = one.On(second);
            const string Path1 = "/v1/models/attest";
            double One() => Wrk.RunAll([(one.At(Path1), one.Attest()), (one.At(Path1), one.Attest())]);
            double Two() => Wrk.RunAll([(one.At(Path1), one.Attest()), (two.At(Path1), two.Attest())]);
            Wrk.WarmUp(One);
            Wrk.WarmUp(Two);
            var least = Paired.Measure(options.Repeats, One, () => Wrk.Run(new Uri(ceiling.Url, "/ceiling").AbsoluteUri, one.Attest()).Rate);
            var nodes = Paired.Measure(options.Repeats, Two, One);
            return
            [
                Line.AtLeast("attesting over HTTP, PostgreSQL, one node", $"{least.Ours:#,0} /s", $"{least.Yardstick:#,0} /s, Kestrel reading the same body", least.Ratio, 0.25),
                Line.AtLeast("the same, two nodes", $"{nodes.Ours:#,0} /s", $"{nodes.Yardstick:#,0} /s, one node", nodes.Ratio, 1),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
