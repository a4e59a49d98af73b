using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Rollbacks;

/// <summary>Reads <see cref="ModelFacts"/> from claims and from the files of a model. What cannot be read is not known; nothing here fails.</summary>
public static class ModelFactsReader
{
    private const int MaximumConfigBytes = 4 * 1024 * 1024;
    private static readonly string[] ArchitectureNames = ["architecture", "model_type"];
    private static readonly string[] DTypeNames = ["dtype", "torch_dtype"];
    private static readonly string[] ContextNames = ["context_length", "max_position_embeddings", "max_seq_len", "n_positions"];

    /// <summary>From a predicate: its <c>metadata</c>, then its <c>training_run</c>, then itself.</summary>
    public static ModelFacts OfPredicate(JsonElement predicate) =>
        new[] { Member(predicate, "metadata"), Member(predicate, "training_run"), predicate }.Aggregate(new ModelFacts(), (facts, place) => facts.Or(OfObject(place)));

    /// <summary>From a model file: its safetensors header, and <c>config.json</c> and <c>tokenizer.json</c> beside it.</summary>
    public static ModelFacts OfFile(string path, CancellationToken cancellationToken = default)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var tokenizer = Path.Combine(folder, "tokenizer.json");
        return new ModelFacts(
                Tokenizer: File.Exists(tokenizer) ? FileDigester.Digest(tokenizer, cancellationToken: cancellationToken).Sha256.ToString() : null,
                DType: SafetensorsHeader.TryReadDType(path))
            .Or(OfConfig(Path.Combine(folder, "config.json")));
    }

    private static ModelFacts OfConfig(string path)
    {
        try
        {
            if (!File.Exists(path) || new FileInfo(path).Length > MaximumConfigBytes)
            {
                return new ModelFacts();
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return OfObject(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return new ModelFacts();
        }
    }

    private static ModelFacts OfObject(JsonElement owner)
    {
        var architectures = Member(owner, "architectures");
        var first = architectures.ValueKind == JsonValueKind.Array && architectures.GetArrayLength() > 0 ? Text(architectures[0]) : null;
        var tokenizer = Text(Member(owner, "tokenizer_digest")) ?? Text(Member(Member(owner, "tokenizer"), "digest"));
        return new ModelFacts(
            first ?? FirstText(owner, ArchitectureNames),
            Digest.TryParse(tokenizer, out var digest) ? digest.ToString() : null,
            FirstText(owner, DTypeNames),
            ContextNames.Select(name => Number(Member(owner, name))).FirstOrDefault(n => n is not null));
    }

    private static string? FirstText(JsonElement owner, string[] names) => names.Select(name => Text(Member(owner, name))).FirstOrDefault(t => t is not null);

    private static JsonElement Member(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) ? value : default;

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number > 0 ? number : null;
}
