using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Publishing.Folders;

/// <summary><c>aixv.json</c> of a model's folder: names and places, so that commands need not be told them again. Every member may be missing.</summary>
internal sealed record ProjectFile
{
    public const string Name = "aixv.json";
    public const string Schema = "aixv.project/v1";
    private const int MaximumBytes = 1024 * 1024;
    private const int MaximumWeights = 10_000;

    public HubName? Hub { get; init; }

    /// <summary>The model's artifact in an OCI registry: <c>host/name:tag</c>.</summary>
    public string? Oci { get; init; }

    /// <summary>The registry's address.</summary>
    public string? Track { get; init; }

    /// <summary>Paths from the folder; empty where none are named.</summary>
    public IReadOnlyList<string> Weights { get; init; } = [];

    public string Card { get; init; } = "README.md";

    public string Claim { get; init; } = "training.json";

    /// <summary>Reads the file of a folder; where there is none, everything has its default.</summary>
    /// <exception cref="FormatException">It is malformed; the message names the place.</exception>
    public static ProjectFile Read(App app, string folder)
    {
        var path = Path.Combine(folder, Name);
        return File.Exists(app.Resolve(path)) ? Parse(SortedJson.ParseObject(ArtifactFile.Read(app, "project file", path, MaximumBytes), path, MaximumBytes), path) : new ProjectFile();
    }

    public static ProjectFile Parse(JsonObject json, string path)
    {
        if (Text(json, "schema", path) is { } schema && schema != Schema)
        {
            throw new FormatException($"{path}: schema: {Schema} is expected, not {schema}");
        }

        var hub = Text(json, "hub", path);
        if (hub is not null && !HubName.TryParse(hub, out _))
        {
            throw new FormatException($"{path}: hub: org/model is expected, not '{hub}'");
        }

        return new ProjectFile
        {
            Hub = hub is null ? null : HubName.Parse(hub),
            Oci = Text(json, "oci", path),
            Track = Text(json, "track", path),
            Weights = WeightsOf(json, path),
            Card = Text(json, "card", path) ?? "README.md",
            Claim = Text(json, "claim", path) ?? "training.json",
        };
    }

    private static List<string> WeightsOf(JsonObject json, string path)
    {
        if (json["weights"] is not { } weights)
        {
            return [];
        }

        if (weights is not JsonArray { Count: <= MaximumWeights } list)
        {
            throw new FormatException($"{path}: weights: a list of at most {MaximumWeights} files is expected");
        }

        var files = new List<string>();
        foreach (var item in list)
        {
            var file = item is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
            files.Add(SafePath.IsRelative(file) ? file : throw new FormatException($"{path}: weights: '{file}' is no path inside the folder"));
        }

        return files;
    }

    private static string? Text(JsonObject json, string name, string path) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text.Length > 0 ? text : null,
        _ => throw new FormatException($"{path}: {name}: text is expected"),
    };
}
