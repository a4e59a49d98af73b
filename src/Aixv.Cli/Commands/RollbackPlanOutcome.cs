using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Output;
using Aixv.Protocol.Rollbacks;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Commands;

/// <summary>What <c>aixv rollback --plan</c> answers: candidates, best first, and those that are not admissible with their reasons.</summary>
internal sealed record RollbackPlanOutcome(string Artifact, LoadedPolicy Policy, RollbackPlan Plan, IReadOnlyList<string> Warnings) : IOutcome
{
    public int ExitCode => Plan.Candidates.Count > 0 ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    private string? Error => Plan.Candidates.Count > 0 ? null
        : Plan.Rejected.Count > 0 ? $"no candidate is admissible: {Plan.Rejected.Count} were looked at, each with its reason"
        : "no candidate is known: no record of the store names an earlier release, an ancestor or another member of a bundle";

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = Error is null,
            ["artifact"] = Artifact,
            ["artifact_digest"] = Plan.Artifact.ToString(),
            ["policy"] = Policy.ToJson(),
            ["candidates"] = new JsonArray([.. Plan.Candidates.Select(ToJson)]),
            ["rejected"] = new JsonArray([.. Plan.Rejected.Select(ToJson)]),
            ["store_warnings"] = new JsonArray([.. Warnings.Select(warning => (JsonNode)warning)]),
        };
        if (Error is { } error)
        {
            json["error"] = error;
            json["command"] = "rollback";
        }

        return json;
    }

    private static JsonObject ToJson(RollbackCandidate candidate) => new()
    {
        ["digest"] = candidate.Node.Digest?.ToString(),
        ["name"] = candidate.Node.Name,
        ["uri"] = candidate.Node.Uri,
        ["origin"] = Kebab.Of(candidate.Origin),
        ["depth"] = candidate.Depth,
        ["released_at"] = candidate.ReleasedAt is { } time ? Rfc3339.Format(time) : null,
        ["reasons"] = new JsonArray([.. candidate.Reasons.Select(reason => (JsonNode)reason)]),
        ["incompatibilities"] = new JsonArray([.. candidate.Incompatibilities.Select(i => new JsonObject
        {
            ["aspect"] = Kebab.Of(i.Aspect),
            ["candidate"] = i.Candidate,
            ["now"] = i.Now,
            ["breaks_callers"] = i.BreaksCallers,
        })]),
        ["not_compared"] = new JsonArray([.. candidate.Unknown.Select(aspect => (JsonNode)Kebab.Of(aspect))]),
    };

    public void Describe(Report report)
    {
        foreach (var warning in Warnings)
        {
            report.Warning(warning);
        }

        report.Title(Error is null, string.Create(CultureInfo.InvariantCulture, $"{Artifact}: {Plan.Candidates.Count} ways back"));
        report.Row("digest", Plan.Artifact.ToString());
        report.Row("policy", Policy.ToString());
        foreach (var (rank, candidate) in Plan.Candidates.Index())
        {
            report.Heading(string.Create(CultureInfo.InvariantCulture, $"{rank + 1}. {LineageWords.Short(candidate.Node)}"));
            report.Row("digest", candidate.Node.Digest?.ToString());
            Describe(report, candidate);
        }

        foreach (var candidate in Plan.Rejected)
        {
            report.Check(false, LineageWords.Short(candidate.Node), $"{Kebab.Of(candidate.Origin)}: {string.Join("; ", candidate.Reasons)}");
        }

        if (Error is { } error)
        {
            report.Error(error);
        }
    }

    private static void Describe(Report report, RollbackCandidate candidate)
    {
        report.Row("origin", candidate.ReleasedAt is { } time ? $"{Kebab.Of(candidate.Origin)}, attested {Rfc3339.Format(time)}" : Kebab.Of(candidate.Origin));
        foreach (var reason in candidate.Reasons)
        {
            report.Row("admitted", reason);
        }

        foreach (var incompatibility in candidate.Incompatibilities)
        {
            report.Row("differs", $"{incompatibility}{(incompatibility.BreaksCallers ? " (callers must change)" : "")}");
        }

        report.Row("unknown", candidate.Unknown.Count == 0 ? null : string.Join(", ", candidate.Unknown.Select(Kebab.Of)));
    }
}
