using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;

namespace Aixv.Bench.Rows;

/// <summary>A log behind Kestrel on the loopback interface, under wrk: appending entries with their proofs as the answer, and reading tiles.</summary>
internal sealed class HttpRow : Row
{
    private const double FullTile = 256;

    internal override string Name => "http";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        if (!Wrk.IsInstalled)
        {
            return [Line.Missing("log append over HTTP", "wrk is needed"), Line.Missing("tile read", "wrk is needed")];
        }

        var folder = options.EmptyFolder("http");
        try
        {
            await using var host = await LogHost.StartAsync(folder);
            var script = Path.Combine(folder, "post.lua");
            await File.WriteAllTextAsync(script, $"wrk.method = 'POST'\nwrk.body = string.rep('x', {LogHost.EntryBytes})\n");
            return [.. Append(options, host, script), .. Read(options, host)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Line> Append(BenchOptions options, LogHost host, string script)
    {
        var tails = new List<double>();
        var paired = Paired.Measure(
            options.Repeats,
            () =>
            {
                var result = Wrk.Run(host.Url + "/entries", script);
                tails.Add(result.P99);
                return result.Rate;
            },
            () => Wrk.Run(host.Url + "/ceiling", script).Rate);
        var p99 = Paired.Median([.. tails]);
        yield return Line.AtLeast("log append over HTTP, 1 KiB", $"{paired.Ours:#,0} /s", $"{paired.Yardstick:#,0} /s, Kestrel reading the same body", paired.Ratio, 0.40);
        yield return new Line("the same, rate and time to proof (p99)", $"{paired.Ours:#,0} /s, {p99:0.0} ms", "", null, "≥ 10,000 /s, ≤ 100 ms", paired.Ours >= 10_000 && p99 <= 100);
    }

    private static IEnumerable<Line> Read(BenchOptions options, LogHost host)
    {
        if (host.Log.Size < FullTile)
        {
            throw new InvalidOperationException("The log has no full tile.");
        }

        var memory = Paired.Measure(options.Repeats, () => Wrk.Run(host.Url + "/tile/0/000", null).Rate, () => Wrk.Run(host.Url + "/ceiling/tile", null).Rate);
        yield return Line.AtLeast("tile read over HTTP, 8 KiB", $"{memory.Ours:#,0} /s", $"{memory.Yardstick:#,0} /s, Kestrel sending 8 KiB from memory", memory.Ratio, 0.85);
        var file = Paired.Measure(options.Repeats, () => Wrk.Run(host.Url + "/tile/0/000", null).Rate, () => Wrk.Run(host.Url + "/ceiling/file", null).Rate);
        yield return Line.AtLeast("the same", $"{file.Ours:#,0} /s", $"{file.Yardstick:#,0} /s, Kestrel sending that file", file.Ratio, 0.85);
    }
}
