using System.Text.Json;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>The formats that graphs are read from, and how they are told apart.</summary>
internal static class GraphFormats
{
    private const string ModelSigning = "model-signing";

    public static IReadOnlyList<string> Names { get; } = ["hub", "mlflow", "openlineage", .. EvidenceGraphReader.Families, ModelSigning];

    /// <summary>The reader of a format that the caller names.</summary>
    public static GraphReader Create(string name, string hub, bool isForced = true) => name switch
    {
        "hub" => new HubReader(hub),
        "mlflow" => new MlflowReader(),
        "openlineage" => new OpenLineageReader(),
        // A model signature is an in-toto statement in a bundle.
        ModelSigning => new EvidenceGraphReader("in-toto", isForced),
        _ => new EvidenceGraphReader(name, isForced),
    };

    /// <summary>The format of an element or document; null where it is none of these.</summary>
    public static string? Find(ReadOnlyMemory<byte> bytes, string? fileName)
    {
        try
        {
            using var json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                return OpenLineageReader.Recognizes(json.RootElement) ? "openlineage"
                    : MlflowReader.Recognizes(json.RootElement) ? "mlflow"
                    : EvidenceGraphReader.FamilyOf(bytes, fileName) is { } family ? family
                    : IsHub(json.RootElement) ? "hub"
                    : null;
            }
        }
        catch (JsonException)
        {
            // Bills of materials are written in other forms too.
        }

        return EvidenceGraphReader.FamilyOf(bytes, fileName);
    }

    private static bool IsHub(JsonElement json) => ((string[])["id", "modelId", "model_id", "repo_id"]).Any(name => json.TryGetProperty(name, out var id) && id.ValueKind == JsonValueKind.String);
}
