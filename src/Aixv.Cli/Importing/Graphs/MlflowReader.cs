using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>MLflow: runs, registered models and their versions, as its REST API answers them and as its export tool writes them.</summary>
internal sealed class MlflowReader() : GraphReader("mlflow", "mlflow")
{
    public static bool Recognizes(JsonElement json) => HasAny(json, "mlflow", "runs", "registered_model", "registered_models", "model_version", "model_versions")
        || Member(Member(json, "run"), "info").ValueKind == JsonValueKind.Object
        || (Member(json, "info").ValueKind == JsonValueKind.Object && Text(Member(json, "info"), "run_id") is not null);

    private static bool HasAny(JsonElement json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Member(json, name).ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            {
                return true;
            }
        }

        return false;
    }

    public override IEnumerable<GraphNode> Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Parse(bytes);
        var json = Member(document.RootElement, "mlflow") is { ValueKind: JsonValueKind.Object } inner ? inner : document.RootElement;
        var nodes = new List<GraphNode>();
        foreach (var run in Items(json, "runs").Prepend(Member(json, "run")).Prepend(json).Where(r => Member(r, "info").ValueKind == JsonValueKind.Object))
        {
            AddRun(nodes, run);
        }

        foreach (var model in Items(json, "registered_models").Prepend(Member(json, "registered_model")).Where(m => m.ValueKind == JsonValueKind.Object))
        {
            foreach (var version in Items(model, "latest_versions").Concat(Items(model, "versions")))
            {
                AddVersion(nodes, version, Text(model, "name"));
            }
        }

        foreach (var version in Items(json, "model_versions").Prepend(Member(json, "model_version")).Where(v => v.ValueKind == JsonValueKind.Object))
        {
            AddVersion(nodes, version, null);
        }

        return nodes.Count > 0 ? nodes : throw new FormatException("there is no run, registered model or model version in it");
    }

    private static void AddRun(List<GraphNode> nodes, JsonElement run)
    {
        var info = Member(run, "info");
        var id = Text(info, "run_id") ?? Text(info, "run_uuid") ?? throw new FormatException("a run has no run_id");
        var node = new GraphNode($"runs:/{id}", Text(info, "run_name") ?? Tag(run, "mlflow.runName") ?? id, "training");
        node.Say("status", Text(info, "status"));
        node.Say("experiment", Text(info, "experiment_id"));
        node.Say("started", Text(info, "start_time"));
        node.Say("finished", Text(info, "end_time"));
        node.Say("user", Text(info, "user_id") ?? Tag(run, "mlflow.user"));
        node.Say("commit", Tag(run, "mlflow.source.git.commit"));
        if (BaseOf(Param(run, "base_model") ?? Param(run, "model_name_or_path") ?? Tag(run, "base_model")) is { } model)
        {
            node.Link("derived_from", model);
        }

        foreach (var input in Items(Member(run, "inputs"), "dataset_inputs").Concat(Items(run, "inputs")))
        {
            if (AddDataset(nodes, Member(input, "dataset")) is { } dataset)
            {
                node.Link("trained_on", dataset);
            }
        }

        foreach (var input in Items(Member(run, "inputs"), "model_inputs").Select(m => Text(m, "model_id")).OfType<string>())
        {
            node.Link("derived_from", $"models:/{input}");
        }

        Add(nodes, node);
        foreach (var output in Items(Member(run, "outputs"), "model_outputs").Select(m => Text(m, "model_id")).OfType<string>())
        {
            var made = new GraphNode($"models:/{output}", output, "model");
            made.Link("produced_by", node.Id);
            Add(nodes, made);
        }
    }

    /// <summary>A model by its name on a hub, or an address; what reads like a path names nothing that others know.</summary>
    private static string? BaseOf(string? text) =>
        text is null ? null
        : text.Contains("://", StringComparison.Ordinal) || text.StartsWith("models:/", StringComparison.Ordinal) ? text
        : text.Split('/') is [{ Length: > 0 } org, { Length: > 0 }] && char.IsAsciiLetterOrDigit(org[0]) ? HubReader.DefaultHub + text
        : null;

    private static string? AddDataset(List<GraphNode> nodes, JsonElement dataset)
    {
        if (Text(dataset, "name") is not { } name)
        {
            return null;
        }

        var (digest, type) = (Text(dataset, "digest"), Text(dataset, "source_type"));
        var node = new GraphNode(AddressOf(Text(dataset, "source"), type) ?? $"mlflow:dataset/{name}{(digest is null ? "" : $"@{digest}")}", name, "dataset")
        {
            Digest = DigestOf(digest),
        };
        node.Say("digest", digest);
        node.Say("source_type", type);
        Add(nodes, node);
        return node.Id;
    }

    /// <summary>Where a dataset is: its source is JSON within JSON.</summary>
    private static string? AddressOf(string? source, string? type)
    {
        try
        {
            using var json = JsonDocument.Parse(source ?? "null");
            var path = Text(json.RootElement, "uri") ?? Text(json.RootElement, "url") ?? Text(json.RootElement, "path");
            return path is null ? null : type is "hf" or "hugging_face" ? $"{HubReader.DefaultHub}datasets/{path}" : path;
        }
        catch (JsonException)
        {
            return source!.Contains("://", StringComparison.Ordinal) ? source : null;
        }
    }

    private static void AddVersion(List<GraphNode> nodes, JsonElement version, string? model)
    {
        if ((Text(version, "name") ?? model) is not { } name || Text(version, "version") is not { } number)
        {
            throw new FormatException("a model version has no name or no version");
        }

        var node = new GraphNode($"models:/{name}/{number}", $"{name}/{number}", "model") { Digest = DigestOf(Tag(version, "aixv.digest") ?? Tag(version, "sha256")) };
        node.Say("version", number);
        node.Say("stage", Text(version, "current_stage"));
        node.Say("status", Text(version, "status"));
        node.Say("address", Text(version, "source"));
        node.Say("licence", Tag(version, "license") ?? Tag(version, "licence"));
        node.Say("last_modified", Text(version, "last_updated_timestamp"));
        if (Text(version, "run_id") is { } run)
        {
            node.Link("produced_by", $"runs:/{run}");
        }

        Add(nodes, node);
    }

    private static void Add(List<GraphNode> nodes, GraphNode node)
    {
        if (GraphNode.IsId(node.Id))
        {
            nodes.Add(node);
        }
    }

    private static string? DigestOf(string? text) =>
        text is null ? null : Digest.TryParse(text, null, out _) ? text : Digest.TryParse($"sha256:{text}", null, out _) ? $"sha256:{text}" : null;

    private static string? Param(JsonElement run, string key) => Keyed(Member(Member(run, "data"), "params"), key) ?? Keyed(Member(run, "params"), key);

    private static string? Tag(JsonElement json, string key) =>
        Keyed(Member(Member(json, "data"), "tags"), key) ?? Keyed(Member(json, "tags"), key);

    /// <summary>A list of pairs, or an object.</summary>
    private static string? Keyed(JsonElement json, string key) => json.ValueKind switch
    {
        JsonValueKind.Array => json.EnumerateArray().Where(pair => Text(pair, "key") == key).Select(pair => Text(pair, "value")).FirstOrDefault(),
        JsonValueKind.Object => Text(json, key),
        _ => null,
    };
}
