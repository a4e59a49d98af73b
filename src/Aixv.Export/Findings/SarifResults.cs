using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Findings;

/// <summary>The results of a SARIF run and the rules that they point to, by index.</summary>
internal sealed class SarifResults
{
    private readonly string format;
    private readonly Dossier dossier;
    private readonly List<string> ruleIds = [];

    public SarifResults(Dossier dossier, string format)
    {
        this.format = format;
        this.dossier = dossier;
        if (dossier.Decision?.Decision is { } decision)
        {
            foreach (var violation in decision.Violations)
            {
                Results.Add((JsonNode)Of(violation, decision.Waived.GetValueOrDefault(violation)));
            }
        }

        foreach (var advisory in dossier.Advisories)
        {
            Results.Add((JsonNode)Of(advisory));
        }
    }

    public JsonArray Results { get; } = [];

    public JsonArray Rules { get; } = [];

    /// <summary>A relative reference of the name's own bytes: nothing in it means anything to a reader of URIs.</summary>
    public static string UriOf(ArtifactFacts artifact) => Uri.EscapeDataString(artifact.Name);

    private JsonObject Of(Violation violation, string? waiver)
    {
        var code = violation.Code.ToCode();
        var result = Result(code, $"The policy is not met: {code}.", "error", violation.Message, $"{code}\n{violation.Message}");
        result["properties"] = new JsonObject { ["field"] = violation.Field, ["remedy"] = violation.Remedy }.With("advisoryId", violation.AdvisoryId);
        if (waiver is not null)
        {
            result["suppressions"] = Suppressed($"Accepted by the waiver {waiver}.");
        }

        return result;
    }

    private JsonObject Of(AdvisoryFacts advisory)
    {
        var said = advisory.Advisory;
        var text = $"{said.Id}: {AdvisoryWords.Describe(advisory)}{(AdvisoryWords.Actions(advisory) is { } actions ? $" Recommended: {actions}" : "")}";
        var result = Result(
            $"advisory-{said.Class.ToWord()}",
            $"A published advisory is about the artifact or comes to it by its lineage (class: {said.Class.ToWord()}).",
            LevelOf(said.Severity),
            text,
            said.Id);
        result["properties"] = new JsonObject
        {
            ["advisoryId"] = said.Id,
            ["severity"] = said.Severity.ToWord(),
            ["status"] = said.Status.ToWord(),
            ["reasonCode"] = said.ReasonCode,
            ["signed"] = advisory.Signer is not null,
            ["trusted"] = advisory.IsTrusted,
            ["certain"] = advisory.IsCertain,
        }
        .With("issuer", advisory.Signer?.ToString())
        .With("recommendedActions", said.RecommendedActions.ToJsonArray());
        if (!advisory.IsActive)
        {
            result["suppressions"] = Suppressed($"The advisory is {said.Status.ToWord()}{(advisory.IsTrusted ? "" : ", as somebody says who is not trusted here")}.", advisory.IsTrusted);
        }

        return result;
    }

    private JsonObject Result(string rule, string about, string level, string message, string part)
    {
        var index = ruleIds.IndexOf(rule);
        if (index < 0)
        {
            index = ruleIds.Count;
            ruleIds.Add(rule);
            Rules.Add((JsonNode)new JsonObject
            {
                ["id"] = rule,
                ["shortDescription"] = new JsonObject { ["text"] = about },
                ["helpUri"] = $"https://aixv.org/rules/{rule}",
                ["defaultConfiguration"] = new JsonObject { ["level"] = level },
            });
        }

        return new JsonObject
        {
            ["ruleId"] = rule,
            ["ruleIndex"] = index,
            ["level"] = level,
            ["message"] = new JsonObject { ["text"] = message },
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = Place(dossier.Artifact),
            }),
            ["partialFingerprints"] = new JsonObject { ["aixv/v1"] = NameUuid.Of(format, dossier.Artifact.Digest, part).ToString() },
        };
    }

    /// <summary>The whole file: its bytes are the region, where their number is known.</summary>
    private static JsonObject Place(ArtifactFacts artifact)
    {
        var place = new JsonObject { ["artifactLocation"] = new JsonObject { ["uri"] = UriOf(artifact), ["index"] = 0 } };
        if (artifact.Size is { } size)
        {
            place["region"] = new JsonObject { ["byteOffset"] = 0, ["byteLength"] = size };
        }

        return place;
    }

    private static JsonArray Suppressed(string why, bool isAccepted = true) =>
        new(new JsonObject { ["kind"] = "external", ["status"] = isAccepted ? "accepted" : "underReview", ["justification"] = why });

    /// <summary>SARIF §3.27.10.</summary>
    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Low => "note",
        Severity.Medium => "warning",
        Severity.High or Severity.Critical => "error",
    };
}
