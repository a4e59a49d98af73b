using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Findings;

/// <summary>
/// SARIF 2.1.0: one result for each violation and each advisory; what a waiver accepts and what is mitigated or withdrawn is suppressed. Without any,
/// an empty list says that nothing was found; where nothing was looked at, the list is absent (§3.14.23).
/// </summary>
internal sealed class SarifExporter() : JsonExporter(
    new("sarif", "SARIF", "2.1.0", "application/sarif+json", ".sarif", ExportCategory.Finding))
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
    private const string Information = "https://aixv.org";

    protected override JsonNode Build(Dossier dossier) => new JsonObject
    {
        ["$schema"] = Schema,
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(Run(dossier)),
    };

    private JsonObject Run(Dossier dossier)
    {
        var results = new SarifResults(dossier, Format.Id);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "aixv",
                    ["version"] = dossier.ToolVersion,
                    ["informationUri"] = Information,
                }.With("rules", results.Rules),
            },
            ["automationDetails"] = new JsonObject { ["id"] = "aixv/", ["guid"] = NameUuid.Of(Format.Id, dossier.Artifact.Digest).ToString() },
            ["invocations"] = new JsonArray(new JsonObject { ["executionSuccessful"] = true, ["endTimeUtc"] = Rfc3339.Format(dossier.Time) }),
            ["artifacts"] = new JsonArray(Artifact(dossier)),
        };
        if (dossier.AdvisoriesWereChecked || dossier.Decision is not null)
        {
            run["results"] = results.Results;
        }

        run["properties"] = Properties(dossier);
        return run;
    }

    private static JsonObject Artifact(Dossier dossier) => new JsonObject
    {
        ["location"] = new JsonObject { ["uri"] = SarifResults.UriOf(dossier.Artifact) },
        ["hashes"] = new JsonObject { ["sha-256"] = dossier.Artifact.Digest.Hex },
    }
    .With("length", dossier.Artifact.Size)
    .With("description", new JsonObject { ["text"] = dossier.Artifact.Name })
    .With("properties", new JsonObject().With("uri", dossier.Artifact.Uri).With("purl", dossier.Artifact.Purl).With("version", dossier.Artifact.Version));

    private static JsonObject Properties(Dossier dossier)
    {
        var properties = new JsonObject { ["aixv/evidence"] = AdvisoryWords.Evidence(dossier), ["aixv/advisoriesChecked"] = dossier.AdvisoriesWereChecked };
        if (dossier.Bundle is { } bundle)
        {
            properties.With("aixv/signer", dossier.Signer!.Subject)
                .With("aixv/issuer", dossier.Signer.Issuer)
                .With("aixv/bundleSha256", bundle.Digest.Hex)
                .With("aixv/bundle", bundle.Location)
                .With("aixv/logIndex", bundle.LogEntry?.LogIndex)
                .With("aixv/integratedTime", bundle.Signature.IntegratedTime is { } time ? Rfc3339.Format(time) : null);
        }

        if (dossier.Decision is { } decision)
        {
            properties.With("aixv/decision", decision.Decision.Decision.ToWord())
                .With("aixv/decidedAt", Rfc3339.Format(decision.Decision.DecidedAt))
                .With("aixv/policy", decision.Decision.PolicyId)
                .With("aixv/policyDigest", decision.Decision.PolicyDigest.ToString())
                .With("aixv/assuranceLevel", decision.Level);
        }

        return properties;
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root
            && root.ContainsKey("runs")
            && (document.Member("version") == "2.1.0" || document.Member("$schema")?.Contains("sarif", StringComparison.OrdinalIgnoreCase) == true);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return JsonPlace.Check(document.JsonObject, root =>
        {
            root.Word("version", true, "2.1.0");
            foreach (var run in root.Objects("runs", required: true))
            {
                Check(run);
            }
        });
    }

    private static void Check(JsonPlace run)
    {
        var rules = new List<JsonPlace>();
        if (run.Object("tool", required: true)?.Object("driver", required: true) is { } driver)
        {
            driver.Text("name", required: true);
            rules.AddRange(driver.Objects("rules"));
            foreach (var rule in rules)
            {
                rule.Text("id", required: true);
            }
        }

        foreach (var invocation in run.Objects("invocations"))
        {
            invocation.Flag("executionSuccessful", required: true);
        }

        // Other files may hold the rest of the lists.
        var artifacts = run.Has("externalPropertyFileReferences") ? int.MaxValue : run.Objects("artifacts").Count;
        foreach (var result in run.Objects("results"))
        {
            Check(result, rules, artifacts);
        }
    }

    private static void Check(JsonPlace result, List<JsonPlace> rules, int artifacts)
    {
        if (result.Object("message", required: true) is { } message && !message.Has("text") && !message.Has("id"))
        {
            message.Fault("text or id is required");
        }

        result.Word("level", false, "none", "note", "warning", "error");
        result.Word("kind", false, "notApplicable", "pass", "fail", "review", "open", "informational");
        var index = result.Integer("ruleIndex", minimum: -1);
        if (index >= rules.Count && !result.Has("rule") && artifacts < int.MaxValue)
        {
            result.Fault(string.Create(CultureInfo.InvariantCulture, $"ruleIndex {index} is beyond the {rules.Count} rules"));
        }
        else if (index >= 0 && index < rules.Count && result.Text("ruleId") is { } id && rules[(int)index].Members!["id"] is JsonValue known
            && known.TryGetValue<string>(out var ruleId) && id != ruleId && !id.StartsWith($"{ruleId}/", StringComparison.Ordinal))
        {
            result.Fault($"ruleId {id} is not the id of rule {index}");
        }

        foreach (var location in result.Objects("locations"))
        {
            if (location.Object("physicalLocation")?.Object("artifactLocation") is { } place && place.Integer("index", minimum: -1) is { } artifact && artifact >= artifacts)
            {
                place.Fault($"index {artifact} is beyond the {artifacts} artifacts");
            }
        }

        foreach (var suppression in result.Objects("suppressions"))
        {
            suppression.Word("kind", true, "inSource", "external");
        }
    }
}
