using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>What the AI profile of SPDX 3.0.1 says of a model.</summary>
internal static class Spdx3Model
{
    public static void Describe(JsonObject package, Dossier dossier)
    {
        var declared = dossier.Declared;
        package.AddList("ai_hyperparameter", Entries(dossier.Run?.Hyperparameters));
        package.AddText("ai_informationAboutApplication", Sentences(("Task", declared.Task), ("Intended use", declared.IntendedUse)));
        package.AddText("ai_informationAboutTraining", TrainingOf(dossier));
        package.AddText("ai_limitation", declared.Limitations);
        package.AddList("ai_metric", dossier.Benchmarks.Select(b => Entry($"{b.Name} {b.Metric}", b.Confidence is null ? FactText.Of(b.Value) : $"{FactText.Of(b.Value)} {FactText.Of(b.Confidence)}")));
        package.AddList("ai_typeOfModel", new[] { declared.ArchitectureFamily, declared.Architecture }.Where(t => !string.IsNullOrEmpty(t)).Select(t => (JsonNode)t!));
    }

    public static IEnumerable<JsonObject> Entries(JsonObject? values) => (values ?? []).Select(value => Entry(value.Key, FactText.Of(value.Value)));

    public static JsonObject Entry(string key, string value) => new() { ["type"] = "DictionaryEntry", ["key"] = key, ["value"] = value };

    /// <summary>What the AI profile asks of a model and this one lacks.</summary>
    public static IEnumerable<string> Missing(JsonObject package) => MissingOf(
        package,
        ("suppliedBy", "its supplier"),
        ("software_downloadLocation", "its download location"),
        ("software_packageVersion", "its version"),
        ("software_primaryPurpose", "its purpose"),
        ("releaseTime", "its release time"));

    /// <summary>What the dataset profile asks of a dataset and this one lacks.</summary>
    public static IEnumerable<string> MissingOfDataset(JsonObject package) => MissingOf(
        package,
        ("originatedBy", "its originator"),
        ("software_downloadLocation", "its download location"),
        ("software_primaryPurpose", "its purpose"),
        ("releaseTime", "its release time"),
        ("dataset_datasetType", "its type"));

    private static IEnumerable<string> MissingOf(JsonObject package, params IEnumerable<(string Member, string What)> members) =>
        members.Where(m => package[m.Member] is null).Select(m => m.What);

    private static string TrainingOf(Dossier dossier)
    {
        var run = dossier.Run;
        return $"{EvidenceProperties.SentenceOf(dossier)}{(run is null ? "" : " ")}" + Sentences(
            ("Framework", run?.Framework is { } framework ? $"{framework} {run.FrameworkVersion}".Trim() : null),
            ("Run", run?.InvocationId),
            ("Started", run?.StartedOn is { } started ? FactText.Of(started) : null),
            ("Finished", run?.FinishedOn is { } finished ? FactText.Of(finished) : null),
            ("Compute", run?.Compute is { Count: > 0 } compute ? FactText.Of(compute) : null));
    }

    private static string Sentences(params IEnumerable<(string Name, string? Value)> parts) =>
        string.Join(" ", parts.Where(p => p.Value is not null).Select(p => $"{p.Name}: {p.Value}."));
}
