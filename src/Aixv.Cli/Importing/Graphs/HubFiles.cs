using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>The weights among a repository's files, by the digests of git-lfs. One file is the model itself; of several the model is made up.</summary>
internal static class HubFiles
{
    private const int MaximumFiles = 256;
    private static readonly string[] Endings = [".safetensors", ".gguf", ".bin", ".pt", ".pth", ".ckpt", ".onnx", ".h5", ".msgpack", ".tflite", ".keras", ".parquet"];
    private static readonly string[] Others = ["training_args", "optimizer", "scheduler", "rng_state", "tokenizer", "random_states"];

    public static void Add(GraphNode node, JsonElement json)
    {
        List<(string Name, string Digest)>? weights = null;
        foreach (var list in (ReadOnlySpan<string>)["siblings", "files"])
        {
            if (json.TryGetProperty(list, out var files) && files.ValueKind == JsonValueKind.Array)
            {
                foreach (var file in files.EnumerateArray())
                {
                    if (Read(file) is { } found && (weights ??= []).Count < MaximumFiles)
                    {
                        weights.Add(found);
                    }
                }
            }
        }

        if (weights is null)
        {
            return;
        }

        var first = weights.Where(w => w.Name.EndsWith(Endings[0], StringComparison.OrdinalIgnoreCase)).ToList();
        node.Digest = weights.Count == 1 ? weights[0].Digest : first.Count == 1 ? first[0].Digest : null;
        foreach (var (_, digest) in weights.Where(w => w.Digest != node.Digest))
        {
            node.Link("packaged_from", digest);
        }
    }

    private static (string Name, string Digest)? Read(JsonElement file)
    {
        if (file.ValueKind != JsonValueKind.Object || !file.TryGetProperty("lfs", out var lfs) || lfs.ValueKind != JsonValueKind.Object
            || (Text(file, "rfilename") ?? Text(file, "path")) is not { } path || (Text(lfs, "sha256") ?? Text(lfs, "oid")) is not { } hex)
        {
            return null;
        }

        var name = path[(path.LastIndexOf('/') + 1)..];
        var digest = hex.StartsWith("sha256:", StringComparison.Ordinal) ? hex : $"sha256:{hex}";
        return Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)) && !Others.Any(o => name.StartsWith(o, StringComparison.Ordinal)) && Digest.TryParse(digest, null, out _)
            ? (name, digest)
            : null;
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
