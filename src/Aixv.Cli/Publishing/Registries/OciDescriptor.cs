using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Publishing.Registries;

/// <summary>What a manifest says of something that it names.</summary>
/// <param name="ArtifactType">Null where none is given.</param>
/// <param name="Annotations">Text by name; others are left out.</param>
internal sealed record OciDescriptor(string MediaType, Digest Digest, long Size, string? ArtifactType, IReadOnlyDictionary<string, string> Annotations)
{
    public const string Title = "org.opencontainers.image.title";
    private const string ModelPath = "org.cncf.model.filepath";

    /// <summary>The name of the file that it holds; null where it does not say one.</summary>
    public string? FileName => Annotations.GetValueOrDefault(ModelPath) ?? Annotations.GetValueOrDefault(Title);

    public static OciDescriptor? TryRead(JsonObject json)
    {
        if (Text(json, "mediaType") is not { } type || !Digest.TryParse(Text(json, "digest") ?? "", out var digest) || json["size"] is not JsonValue number || !number.TryGetValue<long>(out var size) || size < 0)
        {
            return null;
        }

        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in json["annotations"] as JsonObject ?? [])
        {
            if (value is JsonValue text && text.TryGetValue<string>(out var annotation))
            {
                annotations[name] = annotation;
            }
        }

        return new OciDescriptor(type, digest, size, Text(json, "artifactType"), annotations);
    }

    private static string? Text(JsonObject json, string name) => json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
