using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>Reads a metadata file (<c>aixv.export-metadata/v1</c>, docs/exports.md): what the publisher declares and nobody proves. Strict.</summary>
public static class DeclaredReading
{
    public const string Schema = "aixv.export-metadata/v1";

    private const int MaximumBytes = 4 * 1024 * 1024;

    private static readonly string[] Texts =
    [
        "license", "description", "homepage", "download_location", "task", "architecture_family", "architecture", "library", "intended_use", "limitations",
        "format", "precision", "parameter_size",
    ];

    private static readonly string[] Members = ["schema", "uri", "version", "supplier", "authors", "released_at", "languages", "datasets", .. Texts];

    private static readonly string[] DatasetMembers =
        ["digest", "uri", "name", "description", "license", "url", "content_url", "creator", "published_at", "collected_at", "media_type", "size"];

    /// <summary>What a metadata file says of the artifact itself, beside the declared facts.</summary>
    public sealed record DeclaredArtifact(DeclaredFacts Facts, string? Uri, string? Version);

    /// <exception cref="FormatException">Not such a document; the message names the place.</exception>
    public static DeclaredArtifact Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = SortedJson.ParseObject(utf8, "metadata", MaximumBytes);
        Only(json, "$", Members);
        if (json["schema"] is not null && Text(json, "$", "schema") is var schema && schema != Schema)
        {
            throw new FormatException($"metadata: $.schema: found '{schema}', expected '{Schema}'");
        }

        var facts = new DeclaredFacts
        {
            Licence = Text(json, "$", "license"),
            Description = Text(json, "$", "description"),
            Supplier = json["supplier"] is { } supplier ? Party(supplier, "$.supplier") : null,
            Authors = [.. Items(json, "authors").Select((author, i) => Party(author, $"$.authors[{i}]"))],
            ReleasedAt = Time(json, "$", "released_at"),
            Homepage = Text(json, "$", "homepage"),
            DownloadLocation = Text(json, "$", "download_location"),
            Task = Text(json, "$", "task"),
            ArchitectureFamily = Text(json, "$", "architecture_family"),
            Architecture = Text(json, "$", "architecture"),
            Library = Text(json, "$", "library"),
            Languages = [.. Items(json, "languages").Select((language, i) => Scalar(language, $"$.languages[{i}]"))],
            IntendedUse = Text(json, "$", "intended_use"),
            Limitations = Text(json, "$", "limitations"),
            Format = Text(json, "$", "format"),
            Precision = Text(json, "$", "precision"),
            ParameterSize = Text(json, "$", "parameter_size"),
            Datasets = [.. Items(json, "datasets").Select((dataset, i) => Dataset(dataset, $"$.datasets[{i}]"))],
        };
        return new DeclaredArtifact(facts, Text(json, "$", "uri"), Text(json, "$", "version"));
    }

    private static DeclaredDataset Dataset(JsonNode? node, string path)
    {
        var json = Object(node, path);
        Only(json, path, DatasetMembers);
        var digest = Text(json, path, "digest");
        if (digest is not null && !Digest.TryParse(digest, out _))
        {
            throw new FormatException($"metadata: {path}.digest: invalid sha256 digest: {digest}");
        }

        var dataset = new DeclaredDataset
        {
            Digest = digest is null ? null : Digest.Parse(digest),
            Uri = Text(json, path, "uri"),
            Name = Text(json, path, "name"),
            Description = Text(json, path, "description"),
            Licence = Text(json, path, "license"),
            Url = Text(json, path, "url"),
            ContentUrl = Text(json, path, "content_url"),
            Creator = json["creator"] is { } creator ? Party(creator, $"{path}.creator") : null,
            PublishedAt = Time(json, path, "published_at"),
            CollectedAt = Time(json, path, "collected_at"),
            MediaType = Text(json, path, "media_type"),
            Size = json["size"] is null ? null : Size(json["size"]!, $"{path}.size"),
        };
        return dataset is { Digest: null, Uri: null, Name: null }
            ? throw new FormatException($"metadata: {path}: one of digest, uri and name is expected, to say which dataset is meant")
            : dataset;
    }

    private static DeclaredParty Party(JsonNode? node, string path)
    {
        if (node is JsonValue)
        {
            return new DeclaredParty(Scalar(node, path));
        }

        var json = Object(node, path);
        Only(json, path, "name", "url", "email", "person");
        var name = Text(json, path, "name") ?? throw new FormatException($"metadata: {path}.name: missing");
        var person = json["person"] is { } flag && (flag.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? flag.GetValue<bool>()
            : throw new FormatException($"metadata: {path}.person: true or false is expected"));
        return new DeclaredParty(name, Text(json, path, "url"), Text(json, path, "email"), person);
    }

    private static void Only(JsonObject json, string path, params string[] known)
    {
        foreach (var (name, _) in json)
        {
            if (!known.Contains(name))
            {
                throw new FormatException($"metadata: {path}: unknown member '{name}'; known are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    private static JsonObject Object(JsonNode? node, string path) => node as JsonObject ?? throw new FormatException($"metadata: {path}: an object is expected");

    private static JsonArray Items(JsonObject json, string name) => json[name] switch
    {
        null => [],
        JsonArray items => items,
        _ => throw new FormatException($"metadata: $.{name}: a list is expected"),
    };

    private static string? Text(JsonObject json, string path, string name) => json[name] is null ? null : Scalar(json[name], $"{path}.{name}");

    private static string Scalar(JsonNode? node, string path) =>
        node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0
            ? text
            : throw new FormatException($"metadata: {path}: a text is expected, and it must not be empty");

    private static DateTimeOffset? Time(JsonObject json, string path, string name) => Text(json, path, name) is not { } text
        ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new FormatException($"metadata: {path}.{name}: '{text}' is no date; expected 2026-01-31 or 2026-01-31T12:00:00Z");

    private static long Size(JsonNode node, string path) =>
        node is JsonValue value && value.TryGetValue<long>(out var size) && size >= 0 ? size : throw new FormatException($"metadata: {path}: a number of bytes is expected");
}
