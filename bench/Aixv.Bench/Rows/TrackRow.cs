using System.Text.Json.Nodes;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;

namespace Aixv.Bench.Rows;

/// <summary>The registry on SQLite and files, under wrk: attesting models with durable receipts as the answer, reading what is there, and deciding.</summary>
/// <remarks>Registry and ceiling are processes of their own. Beside the rates stands the processor time of a request, which neighbours disturb less.</remarks>
internal sealed class TrackRow : Row
{
    private const int Few = 2;

    internal override string Name => "track";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        if (!Wrk.IsInstalled)
        {
            return [Line.Missing("attesting over HTTP", "wrk is needed")];
        }

        var folder = options.EmptyFolder("track");
        try
        {
            var data = Path.Combine(folder, "data");
            await using var track = await ServerProcess.StartAsync("track", data);
            await using var ceiling = await ServerProcess.StartAsync("ceiling", Path.Combine(data, "log"));
            var load = await TrackLoad.StartAsync(folder, track);
            var floor = new Uri(ceiling.Url, "/ceiling").AbsoluteUri;
            var read = await load.PostAsync("/v1/models/attest", new JsonObject { ["agent_id"] = load.Agent, ["name"] = "read", ["hash"] = "1".PadLeft(64, '0') });
            var lines = Attest(options, track, ceiling, load, floor).ToList();
            lines.Add(HalfLoad(options, load));
            var empty = new Uri(ceiling.Url, "/empty").AbsoluteUri;
            foreach (var (what, path) in (ReadOnlySpan<(string, string)>)[
                ("a model", $"/v1/models/{read["model_id"]}"), ("a receipt", $"/v1/receipts/{read["receipt_id"]}"), ("an artifact", $"/v1/artifacts/{read["digest"]}")])
            {
                lines.Add(Beside($"reading {what}", options, (track, load.At(path)), (ceiling, empty), load.Get(), "an empty minimal API", 0.5));
            }

            var tile = "/tile/0/000";
            lines.Add(Beside("tile of the registry's log", options, (track, load.At("/log" + tile)), (ceiling, new Uri(ceiling.Url, tile).AbsoluteUri), load.Get(), "the static file", 0.85));
            lines.AddRange(Decide(options, load, floor));
            return lines;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<Line> Attest(BenchOptions options, ServerProcess track, ServerProcess ceiling, TrackLoad load, string floor)
    {
        var (ours, least) = (new Costs(track), new Costs(ceiling));
        Wrk.WarmUp(() => Wrk.Run(load.At("/v1/models/attest"), load.Attest()).Rate);
        var paired = Paired.Measure(
            options.Repeats,
            () => ours.Run(load.At("/v1/models/attest"), load.Attest()),
            () => least.Run(floor, load.Attest()));
        yield return Line.AtLeast(
            "attesting over HTTP, SQLite, 1 KiB", $"{paired.Ours:#,0} /s, {ours.Cpu:0} µs of processor", $"{paired.Yardstick:#,0} /s, {least.Cpu:0} µs, Kestrel reading the same body", paired.Ratio, 0.25);
        yield return new Line("the same, rate and time to the receipt (p99, full load)", $"{paired.Ours:#,0} /s, {ours.Tail:0.0} ms", "", null, "≥ 5,000 /s", paired.Ours >= 5_000);
    }

    /// <summary>Batches form by themselves, so the interval between checkpoints is none.</summary>
    private static Line HalfLoad(BenchOptions options, TrackLoad load)
    {
        var url = load.At("/v1/models/attest");
        var full = Paired.Median([.. Enumerable.Range(0, 3).Select(_ => Wrk.Run(url, load.Attest()).Rate)]);
        var pause = 1000.0 * Wrk.Connections / (full / 2);
        var runs = Enumerable.Range(0, options.Repeats).Select(_ => Wrk.Run(url, load.Attest(out var _, pause))).ToList();
        var (rate, tail) = (Paired.Median([.. runs.Select(r => r.Rate)]), Paired.Median([.. runs.Select(r => r.P99)]));
        return new Line("attesting at half load, p99", $"{tail:0.0} ms at {rate:#,0} /s", $"{full:#,0} /s at full load", null, "≤ 50 ms", tail <= 50);
    }

    private static Line Beside(string what, BenchOptions options, (ServerProcess Server, string Url) ours, (ServerProcess Server, string Url) other, string script, string against, double goal)
    {
        var (a, b) = (new Costs(ours.Server), new Costs(other.Server));
        Wrk.WarmUp(() => Wrk.Run(ours.Url, script).Rate);
        Wrk.WarmUp(() => Wrk.Run(other.Url, script).Rate);
        var paired = Paired.Measure(options.Repeats, () => a.Run(ours.Url, script), () => b.Run(other.Url, script));
        return Line.AtLeast(what, $"{paired.Ours:#,0} /s, {a.Cpu:0.0} µs of processor", $"{paired.Yardstick:#,0} /s, {b.Cpu:0.0} µs, {against}", paired.Ratio, goal);
    }

    /// <summary>A verdict over a digest's records, their lineage, its attestations and advisories: the first time, and again while nothing changed.</summary>
    private static IEnumerable<Line> Decide(BenchOptions options, TrackLoad load, string floor)
    {
        var url = load.At("/v1/models/verify");
        var (again, once) = (load.Verify(null), load.Attest(out var run));
        Wrk.Run(load.At("/v1/models/attest"), once);
        var first = load.Verify(run);
        Wrk.WarmUp(() => Wrk.Run(url, again, Few).Rate);
        var over = new List<double>();
        var tails = new List<double>();
        for (var i = 0; i < options.Repeats; i++)
        {
            over.Add(Wrk.Run(url, again, Few).P50 - Wrk.Run(floor, again, Few).P50);
            Wrk.Run(load.At("/v1/models/attest"), load.Attest(out run));
            tails.Add(Wrk.Run(url, load.Verify(run), Few).P99);
        }

        yield return new Line("an admission decision that is known, p50 over the HTTP floor", $"{Paired.Median([.. over]):0.000} ms", "Kestrel reading the same request", null, "≤ 0.3 ms", Paired.Median([.. over]) <= 0.3);
        yield return new Line("the same, for the first time, p99", $"{Paired.Median([.. tails]):0.00} ms", "", null, "≤ 6 ms", Paired.Median([.. tails]) <= 6);
    }

    /// <summary>Runs of one server, with what a request costs it.</summary>
    private sealed class Costs(ServerProcess server)
    {
        private readonly List<double> cpu = [];
        private readonly List<double> tails = [];

        internal double Cpu => Paired.Median([.. cpu]);

        internal double Tail => Paired.Median([.. tails]);

        internal double Run(string url, string script)
        {
            var before = server.Cpu();
            var result = Wrk.Run(url, script);
            cpu.Add((server.Cpu() - before) / result.Count * 1e6);
            tails.Add(result.P99);
            return result.Rate;
        }
    }
}
