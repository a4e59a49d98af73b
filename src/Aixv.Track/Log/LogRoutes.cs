using System.Globalization;
using System.Text;
using Aixv.Track.Hosting;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Log;

/// <summary>The public log: its files below <c>/log/</c> as C2SP tlog-tiles names them, its key, and proofs for those who do not read tiles.</summary>
internal static class LogRoutes
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void Map(ApiRoutes routes) => routes
        .Open("GET", "/log/checkpoint", CheckpointAsync)
        .Open("GET", "/log/checkpoint/witnessed", WitnessedAsync)
        .Open("GET", "/log/tile/{**path}", TileAsync)
        .Open("GET", "/log/key", KeyAsync)
        .Open("GET", "/v1/log", DescribeAsync)
        .Open("GET", "/v1/log/proofs/inclusion", InclusionAsync)
        .Open("GET", "/v1/log/proofs/consistency", ConsistencyAsync);

    private static async Task CheckpointAsync(ApiCall call)
    {
        call.Context.Response.Headers.CacheControl = "no-cache";
        await call.AnswerAsync((await call.Registry.Log.LatestCheckpointAsync(call.Cancelled)).ToBytes(), contentType: "text/plain; charset=utf-8");
    }

    /// <summary>The latest checkpoint with cosignatures: a little behind <c>/log/checkpoint</c>, which is what answers are given under.</summary>
    private static async Task WitnessedAsync(ApiCall call)
    {
        var note = await call.Registry.Witnessed.FindAsync(call.Cancelled) ?? throw ApiError.NotFound("no witness has cosigned a checkpoint");
        call.Context.Response.Headers.CacheControl = "no-cache";
        await call.AnswerAsync(note.ToBytes(), contentType: "text/plain; charset=utf-8");
    }

    private static async Task TileAsync(ApiCall call)
    {
        var path = $"tile/{call.Route("path")}";
        var full = call.Registry.FullTiles;
        if (!full.TryGet(path, out var content))
        {
            content = await call.Registry.Log.Tiles.ReadAsync(path, call.Cancelled) ?? throw ApiError.NotFound("there is no such tile");
            if (!path.Contains(".p/", StringComparison.Ordinal))
            {
                // A full one never changes.
                full.Add(path, content, content.Length + 2 * path.Length, full.Epoch);
            }
        }

        call.Context.Response.Headers.CacheControl = Immutable;
        await call.AnswerAsync(content, contentType: "application/octet-stream");
    }

    private static Task KeyAsync(ApiCall call) => call.AnswerAsync(
        Encoding.UTF8.GetBytes(call.Registry.Log.Verifier.ToVerifierKey() + "\n"), contentType: "text/plain; charset=utf-8");

    private static async Task DescribeAsync(ApiCall call)
    {
        var note = await call.Registry.Log.LatestCheckpointAsync(call.Cancelled);
        var tree = Checkpoint.Parse(note.Text.Span);
        await call.AnswerAsync(json =>
        {
            json.WriteString("origin", tree.Origin);
            json.WriteString("key", call.Registry.Log.Verifier.ToVerifierKey());
            json.WriteNumber("tree_size", tree.Size);
            json.WriteBase64String("root_hash", tree.Root.Span);
            json.WriteString("checkpoint", note.ToString());
        });
    }

    private static async Task InclusionAsync(ApiCall call)
    {
        var note = await call.Registry.Log.LatestCheckpointAsync(call.Cancelled);
        var size = Checkpoint.Parse(note.Text.Span).Size;
        var index = Number(call, "index", size);
        if (index >= size)
        {
            throw ApiError.NotFound($"the log has {size} entries");
        }

        var proof = await call.Registry.Log.ProveInclusionAsync((long)index, note, call.Cancelled);
        await call.AnswerAsync(json =>
        {
            json.WriteNumber("leaf_index", index);
            WriteHashes(json, proof.Hashes);
            json.WriteString("checkpoint", note.ToString());
        });
    }

    private static async Task ConsistencyAsync(ApiCall call)
    {
        var size = Checkpoint.Parse((await call.Registry.Log.LatestCheckpointAsync(call.Cancelled)).Text.Span).Size;
        var (from, to) = (Number(call, "from", size), Number(call, "to", size));
        if (from > to || to > size)
        {
            throw ApiError.InvalidInput("to", $"expected from ≤ to ≤ {size}");
        }

        var proof = await call.Registry.Log.ProveConsistencyAsync(from, to, call.Cancelled);
        await call.AnswerAsync(json =>
        {
            json.WriteNumber("from", from);
            json.WriteNumber("to", to);
            WriteHashes(json, proof.Hashes);
        });
    }

    private static void WriteHashes(System.Text.Json.Utf8JsonWriter json, IEnumerable<MerkleHash> hashes)
    {
        json.WriteStartArray("hashes");
        foreach (var hash in hashes)
        {
            json.WriteBase64StringValue(hash.Span);
        }

        json.WriteEndArray();
    }

    private static ulong Number(ApiCall call, string name, ulong fallback) => call.Query(name) switch
    {
        null => fallback,
        var text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue => number,
        _ => throw ApiError.InvalidInput(name, "expected a number"),
    };
}
