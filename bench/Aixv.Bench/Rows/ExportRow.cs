using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Bench.Measuring;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Bench.Rows;

/// <summary><c>aixv export</c>, whole process: every format of an artifact with fifty ancestors, and lineages of many edges as graphs.</summary>
internal sealed class ExportRow : Row
{
    internal override string Name => "export";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("aixv-bench-").FullName;
        try
        {
            var chain = MakeStore(folder, "chain", records: 50, edges: 1);
            string[] all = ["export", chain.Model, "--all", "-o", Path.Combine(folder, "out"), "--store", chain.Store, "--offline", "--timestamp", "2026-01-01T00:00:00Z"];
            var wall = Enumerable.Range(0, options.Repeats + 1).Select(_ => ChildProcess.Run(options.Cli, all).Wall).Skip(1).Order().ElementAt(options.Repeats / 2);
            var lines = new List<Line> { new("`aixv export --all`, 50 ancestors, whole process", $"{wall * 1000:0} ms", "", null, "≤ 1 s", wall <= 1) };
            var small = MakeStore(folder, "small", records: 10, edges: 100);
            var large = MakeStore(folder, "large", records: 1000, edges: 100);
            foreach (var format in (string[])["edges-csv", "graphml", "edges-ndjson"])
            {
                var (few, many) = (Peak(options, folder, small, format), Peak(options, folder, large, format));
                lines.Add(new($"peak memory, 100,000 edges as {format}", Mebibytes(many), $"{Mebibytes(few)}, 1,000 edges", (double)many / few, "state it", null));
            }

            return Task.FromResult<IReadOnlyList<Line>>(lines);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Mebibytes(long kibibytes) => string.Create(CultureInfo.InvariantCulture, $"{kibibytes / 1024.0:0.0} MiB");

    /// <summary>In KiB. The second run's: the first makes the index.</summary>
    private static long Peak(BenchOptions options, string folder, (string Model, string Store) from, string format)
    {
        string[] arguments = ["export", from.Model, "--format", format, "-o", Path.Combine(folder, $"{format}.out"), "--store", from.Store, "--offline", "--timestamp", "2026-01-01T00:00:00Z"];
        ChildProcess.Run(options.Cli, arguments);
        return PeakMemory.Of(options.Cli, arguments);
    }

    /// <summary>Unsigned records: each of some models, the first the artifact, comes from the next ones and from datasets of its own.</summary>
    private static (string Model, string Store) MakeStore(string folder, string name, int records, int edges)
    {
        var store = Path.Combine(folder, name);
        var attestations = Directory.CreateDirectory(Path.Combine(store, "attestations")).FullName;
        var model = Path.Combine(folder, $"{name}.bin");
        File.WriteAllText(model, name);
        var next = 1;
        for (var i = 0; i < records; i++)
        {
            var (parents, datasets) = (new JsonArray(), new JsonArray());
            for (var k = 0; k < edges; k++)
            {
                var isModel = k % 2 == 0 && next < records;
                var text = isModel ? $"{name} {next++}" : $"{name} {i}/{k}";
                (isModel ? parents : datasets).Add((JsonNode)new JsonObject { ["digest"] = Of(text).ToString(), ["name"] = text });
            }

            var subject = Of(i == 0 ? name : $"{name} {i}");
            var record = new JsonObject
            {
                ["created_at"] = "2026-01-01T00:00:00+00:00",
                ["predicate_type"] = "https://aixv.org/attestation/training/v1",
                ["schema"] = "aixv.attestation-record/v1",
                ["signature_bundle_path"] = null,
                ["statement"] = new JsonObject
                {
                    ["_type"] = "https://in-toto.io/Statement/v1",
                    ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = subject.Hex } }),
                    ["predicateType"] = "https://aixv.org/attestation/training/v1",
                    ["predicate"] = new JsonObject { ["parent_models"] = parents, ["datasets"] = datasets },
                },
            };
            File.WriteAllText(Path.Combine(attestations, $"sha256_{subject.Hex}.training.v1.json"), record.ToJsonString());
        }

        return (model, store);
    }

    private static Digest Of(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));
}
