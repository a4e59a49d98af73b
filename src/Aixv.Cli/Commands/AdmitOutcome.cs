using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Output;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv admit</c> answers; it exits 1 if any artifact is denied.</summary>
internal sealed record AdmitOutcome(
    LoadedPolicy Policy, IReadOnlyList<AdmittedArtifact> Artifacts, IReadOnlyList<(string Path, string Reason)> Skipped, IReadOnlyList<string> Warnings, bool Explain) : IOutcome
{
    private const int MaximumShown = 8;

    private int Denied => Artifacts.Count(artifact => !artifact.IsAdmitted);

    public int ExitCode => Denied == 0 ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private string? Error => Denied == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"admission denied for {Denied} of {Artifacts.Count} artifacts");

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = Denied == 0,
            ["policy"] = Policy.ToJson(),
            ["admitted_count"] = Artifacts.Count - Denied,
            ["denied_count"] = Denied,
            ["results"] = new JsonArray([.. Artifacts.Select(artifact => artifact.ToJson(Explain))]),
            ["skipped"] = new JsonArray([.. Skipped.Select(file => new JsonObject { ["path"] = file.Path, ["reason"] = file.Reason })]),
            ["store_warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode)warning)]),
        };
        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "admit";
        }

        return json;
    }

    public void Describe(Report report)
    {
        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }

        foreach (var artifact in Artifacts)
        {
            report.Title(artifact.IsAdmitted, $"{artifact.Path}: {(artifact.Decision is { } decision ? Kebab.Of(decision.Decision) : artifact.Failure)}");
            if (artifact.Decision is { } made && (Explain || made.Violations.Length > 0))
            {
                DecisionWords.Describe(report, made, Explain);
            }

            foreach (var statement in artifact.Statements)
            {
                report.Row("statement", statement);
            }
        }

        report.Row("skipped", Skipped.Count == 0 ? null : string.Join(", ", Skipped.Take(MaximumShown).Select(file => $"{file.Path} ({file.Reason})").Concat(Skipped.Count > MaximumShown ? ["…"] : [])));
        report.Row("policy", Policy.ToString());
        report.Row("admitted", string.Create(CultureInfo.InvariantCulture, $"{Artifacts.Count - Denied} of {Artifacts.Count}"));
        if (Error is { } error)
        {
            report.Error(error);
        }
    }
}
