using System.Diagnostics;
using System.Text.Json.Nodes;
using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Track.Hosting;

namespace Aixv.Bench.Rows;

/// <summary>A hub's dump into SQLite by <c>aixv import</c>, log, blobs, search and graph included, against SQLite inserting the same rows in the same transactions.</summary>
internal sealed class ImportRow : Row
{
    private const int Models = 200_000;

    internal override string Name => "import";

    internal override async Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        if (options.Cli.Length == 0)
        {
            return [Line.Missing("importing a hub's dump", "the published aixv is needed (--cli)")];
        }

        var folder = options.EmptyFolder("import");
        try
        {
            var dump = Path.Combine(folder, "hub.jsonl");
            using (var file = File.Create(dump))
            {
                foreach (var line in new HubDump(Models, seed: 1).Lines())
                {
                    file.Write(line);
                    file.WriteByte((byte)'\n');
                }
            }

            var (bad, memory, last) = (0L, 0L, "");
            var imported = new List<double>();
            for (var i = 0; i < Math.Min(options.Repeats, 3); i++)
            {
                last = Path.Combine(folder, $"data{i}");
                await using (await TrackServer.StartAsync(new TrackOptions { DataFolder = Path.Combine(last, "track"), Port = 0 }))
                {
                }

                var (answer, peak) = Run(options.Cli, "import", dump, "--data", last, "--json");
                imported.Add(Models / answer["seconds"]!.GetValue<double>());
                bad += answer["bad"]!.GetValue<long>() + Models - answer["nodes"]!.GetValue<long>();
                memory = Math.Max(memory, peak);
            }

            using var rows = new DescribedRows(Path.Combine(last, "track", "index.db"));
            var plain = Enumerable.Range(0, imported.Count).Select(_ => rows.Insert(Path.Combine(folder, $"plain-{Guid.NewGuid():N}.db"))).ToArray();
            var (ours, yardstick) = (Paired.Median([.. imported]), Paired.Median(plain));
            return
            [
                new Line($"import of {Models:#,0} models from a hub's dump, whole process", $"{ours:#,0} models/s, {bad} lost", "", null, "≥ 20,000 /s", ours >= 20_000 && bad == 0),
                new Line("the same, its rows alone", $"{ours:#,0} models/s", $"{yardstick:#,0} models/s, SQLite inserting the same {rows.Count:#,0} rows", ours / yardstick, "", null),
                new Line("the same, memory at most", $"{memory / 1024:#,0} MiB", "", null, "", null),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (JsonNode Answer, long Peak) Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(100))
        {
            peak = Math.Max(peak, PeakMemory.Read(process.Id));
        }

        return (JsonNode.Parse(output.Result)!, peak);
    }
}
