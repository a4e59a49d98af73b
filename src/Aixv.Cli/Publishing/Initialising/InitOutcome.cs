using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>What <c>aixv init</c> answers.</summary>
internal sealed record InitOutcome : IOutcome
{
    public required string Folder { get; init; }

    public required string? Hub { get; init; }

    public required string? Track { get; init; }

    public required IReadOnlyList<string> Weights { get; init; }

    public required IReadOnlyList<(string Path, FileState State)> Files { get; init; }

    /// <summary>Where the fields of the claim come from that were filled in.</summary>
    public required JsonObject Observed { get; init; }

    /// <summary>What would make the claim worth more.</summary>
    public required IReadOnlyList<string> Advice { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new()
    {
        ["ok"] = true,
        ["folder"] = Folder,
        ["hub"] = Hub,
        ["track"] = Track,
        ["weights"] = new JsonArray([.. Weights.Select(w => (JsonNode)w)]),
        ["files"] = new JsonArray([.. Files.Select(f => new JsonObject { ["path"] = f.Path, ["state"] = Kebab.Of(f.State) })]),
        ["observed"] = Observed.DeepClone(),
        ["to_do"] = new JsonArray([.. Advice.Select(a => (JsonNode)a)]),
        ["warnings"] = new JsonArray([.. Warnings.Select(w => (JsonNode)w)]),
    };

    public void Describe(Report report)
    {
        report.Title(good: true, $"{Folder}: ready to attest");
        report.Row("hub", Hub ?? "not known: pass --hub ORG/MODEL");
        report.Row("registry", Track);
        foreach (var file in Weights.Take(20))
        {
            report.Row("weights", file);
        }

        if (Weights.Count > 20)
        {
            report.Row("weights", $"and {Weights.Count - 20} more");
        }

        foreach (var (path, state) in Files)
        {
            report.Row(Kebab.Of(state), path);
        }

        foreach (var (field, source) in Observed)
        {
            report.Row((string)source!["basis"]!, $"{field}: {source["from"]}");
        }

        foreach (var advice in Advice)
        {
            report.Row("to do", advice);
        }

        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }

        if (Weights is [var first, ..])
        {
            report.Line("Then:");
            report.Line($"  aixv attest {Demonstration.Shell.Quote(first)} --predicate training --input training.json");
            report.Line("  aixv card README.md");
            report.Line("  aixv publish");
        }
    }
}
