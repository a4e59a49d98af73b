using Aixv.Bench.Measuring;
using Aixv.Bench.Yardsticks;
using Aixv.Protocol.Lineage;

namespace Aixv.Bench.Rows;

/// <summary>Indexing a store of 200,000 attestations without signature checks, against SQLite inserting the same edges between the same digests; the files' opening and parsing is in our time only.</summary>
internal sealed class LineageIndexRow : Row
{
    private const int Records = 200_000;

    internal override string Name => "lineage-index";

    internal override Task<IReadOnlyList<Line>> MeasureAsync(BenchOptions options)
    {
        var store = Path.Combine(options.Scratch, $"aixv-bench-{Guid.NewGuid():N}");
        try
        {
            var world = LineageWorld.Create(Records + 1, Records / 2, seed: 3);
            Write(store, world);
            var edges = world.Children.Count;
            var key = IndexKey.Create();
            double Index()
            {
                Directory.CreateDirectory(Path.Combine(store, "index"));
                Directory.Delete(Path.Combine(store, "index"), recursive: true);
                return edges / CpuClock.Wall(() => Require(new StoreIndex(store, key, null, TimeProvider.System).Refresh().Graph.EdgeCount == edges));
            }

            double Insert(Action<SqliteGraph> insert)
            {
                using var sqlite = new SqliteGraph(options.Scratch);
                return edges / CpuClock.Wall(() => insert(sqlite));
            }

            var paired = Paired.Measure(options.Repeats, Index, () => Insert(s => s.InsertKeys(world.Children, world.Parents, LineageWorld.Key)));
            var numbers = Insert(s => s.Insert(world.Children, world.Parents));
            var again = CpuClock.Wall(() => new StoreIndex(store, key, null, TimeProvider.System).Refresh());
            return Task.FromResult<IReadOnlyList<Line>>(
            [
                Line.AtLeast(
                    $"index a store of {Records:#,0} attestations, {edges:#,0} edges, from its files",
                    $"{paired.Ours / 1000:0} k edges/s", $"{paired.Yardstick / 1000:0} k edges/s, SQLite inserting them by digest, both directions", paired.Ratio, 0.8),
                new Line("the same edges as numbers, one direction, nothing read", "", $"{numbers / 1000:0} k edges/s, SQLite", null, "", null),
                new Line("refresh of that index when nothing is new", $"{again:0.00} s", $"{edges / paired.Ours:0.0} s, indexing", null, "", null),
            ]);
        }
        finally
        {
            Directory.Delete(store, recursive: true);
        }
    }

    /// <summary>A training attestation for each model, as the store keeps them; old enough to count as settled.</summary>
    private static void Write(string store, LineageWorld world)
    {
        var folder = Directory.CreateDirectory(Path.Combine(store, "attestations")).FullName;
        var old = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(-1);
        var datasets = Records / 2;
        for (var i = 0; i < world.Children.Count;)
        {
            var child = world.Children[i];
            var (parents, data) = (new List<string>(), new List<string>());
            for (; i < world.Children.Count && world.Children[i] == child; i++)
            {
                (world.Parents[i] < datasets ? data : parents).Add($$"""{"digest":"sha256:{{Hex(world.Parents[i])}}"}""");
            }

            var hex = Hex(child);
            var path = Path.Combine(folder, $"sha256_{hex}.training.v1.json");
            File.WriteAllText(path, $$"""
                {"created_at":"2026-01-01T00:00:00+00:00","predicate_type":"https://aixv.org/attestation/training/v1","schema":"aixv.attestation-record/v1","signature_bundle_path":null,"statement":{"_type":"https://in-toto.io/Statement/v1","predicate":{"compute":{"gpus":8,"hours":12.5},"datasets":[{{string.Join(',', data)}}],"hyperparameters":{"learning_rate":0.00002,"seed":{{child}} },"parent_models":[{{string.Join(',', parents)}}],"training_run":{"framework":"pytorch","framework_version":"2.5.1"} },"predicateType":"https://aixv.org/attestation/training/v1","subject":[{"digest":{"sha256":"{{hex}}"},"name":"model-{{child}}.safetensors"}]} }

                """);
            File.SetLastWriteTimeUtc(path, old);
        }
    }

    private static string Hex(int node)
    {
        Span<byte> key = stackalloc byte[32];
        LineageWorld.Key(node, key);
        return Convert.ToHexStringLower(key);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("The index does not hold the edges of the store.");
        }
    }
}
