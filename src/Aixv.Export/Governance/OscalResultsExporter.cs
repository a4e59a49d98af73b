using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Dossiers;
using Aixv.Export.Findings;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Governance;

/// <summary>OSCAL assessment results: the policy is the plan, each rule that was asked a finding, each advisory a risk.</summary>
internal sealed class OscalResultsExporter() : OscalExporter("oscal-assessment-results", ".oscal-ar.json", "assessment-results", ExportNeeds.Decision)
{
    protected override JsonNode Build(Dossier dossier)
    {
        var parts = new OscalParts(Format.Id, dossier);
        var decision = dossier.Decision!.Decision;
        var policy = new AssessedEvidence("policy", decision.PolicyDigest.ToString(), decision.PolicyId);
        var results = new JsonObject
        {
            ["uuid"] = parts.Uuid("document"),
            ["metadata"] = parts.Metadata($"Assessment of {dossier.Artifact.Name}"),
            ["import-ap"] = new JsonObject { ["href"] = parts.Link(policy), ["remarks"] = "The policy that was asked." },
            ["results"] = new JsonArray(Result(parts, dossier, decision)),
        };
        results.With("back-matter", parts.BackMatter);
        return new JsonObject { ["assessment-results"] = results };
    }

    private static JsonObject Result(OscalParts parts, Dossier dossier, AdmissionDecision decision)
    {
        var asked = Rules(decision.Evaluation).Where(rule => rule.Outcome is RuleOutcome.Passed or RuleOutcome.Failed or RuleOutcome.Waived).DistinctBy(rule => rule.Rule).ToList();
        var rules = asked.Select(rule => (JsonNode)new JsonObject { ["control-id"] = Token(rule.Rule) }).ToJsonArray();
        var start = Rfc3339.Format(decision.DecidedAt);
        return new JsonObject
        {
            ["uuid"] = parts.Uuid("result"),
            ["title"] = $"Decision: {decision.Decision.ToWord()}",
            ["description"] = $"The policy {decision.PolicyDigest} was asked about {dossier.Artifact.Digest}. {AdvisoryWords.Evidence(dossier)}",
            ["start"] = start,
            ["end"] = start,
            ["props"] = new JsonArray([
                OscalParts.Property("decision", decision.Decision.ToWord()),
                .. dossier.Decision!.Level is { } level ? [(JsonNode)OscalParts.Property("assurance-level", level)] : Array.Empty<JsonNode>(),
            ]),
            ["local-definitions"] = new JsonObject
            {
                ["components"] = new JsonArray(new JsonObject
                {
                    ["uuid"] = parts.Uuid("component"),
                    ["type"] = "software",
                    ["title"] = OscalParts.Line(dossier.Artifact.Name) ?? dossier.Artifact.Digest.ToString(),
                    ["description"] = $"The artifact {dossier.Artifact.Digest}.",
                    ["props"] = parts.ArtifactProperties(),
                    ["status"] = new JsonObject { ["state"] = "other", ["remarks"] = "Nothing is known of its operation." },
                }),
            },
            ["reviewed-controls"] = new JsonObject
            {
                ["description"] = "The rules of the policy, by name.",
                ["control-selections"] = new JsonArray(rules.Count > 0
                    ? new JsonObject { ["include-controls"] = rules }
                    : new JsonObject { ["include-all"] = new JsonObject() }),
            },
        }
        .With("observations", Observations(parts, dossier).ToJsonArray())
        .With("risks", dossier.Advisories.Select(a => (JsonNode)Risk(parts, a)).ToJsonArray())
        .With("findings", asked.Select(rule => (JsonNode)Finding(parts, rule)).ToJsonArray());
    }

    /// <summary>The rules at the ends of the evaluation, which hold what was found.</summary>
    private static IEnumerable<EvaluationNode> Rules(EvaluationNode node) => node.Children.IsEmpty ? [node] : node.Children.SelectMany(Rules);

    /// <summary>OSCAL's token: a letter, then letters, digits, dots, dashes and underscores.</summary>
    private static string Token(string rule)
    {
        var token = new string([.. rule.Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' ? c : '-')]);
        return token is [var first, ..] && char.IsAsciiLetter(first) ? token : $"rule-{token}";
    }

    private static JsonObject Finding(OscalParts parts, EvaluationNode rule) => new()
    {
        ["uuid"] = parts.Uuid($"finding\n{rule.Rule}"),
        ["title"] = OscalParts.Line(rule.Rule) ?? "rule",
        ["description"] = rule.Detail.Length == 0 ? rule.Rule : rule.Detail,
        ["target"] = new JsonObject
        {
            ["type"] = "objective-id",
            ["target-id"] = Token(rule.Rule),
            ["status"] = new JsonObject
            {
                ["state"] = rule.Outcome == RuleOutcome.Passed ? "satisfied" : "not-satisfied",
                ["reason"] = rule.Outcome == RuleOutcome.Passed ? "pass" : rule.Outcome == RuleOutcome.Waived ? "other" : "fail",
            }.With("remarks", rule.Outcome == RuleOutcome.Waived ? "A waiver accepts it." : null),
        },
    };

    private static IEnumerable<JsonNode> Observations(OscalParts parts, Dossier dossier)
    {
        foreach (var bundle in dossier.Bundles)
        {
            var evidence = new AssessedEvidence("sigstore-bundle", bundle.Digest.ToString(), bundle.Location);
            var index = bundle.LogEntry is { } entry ? FormattableString.Invariant($", log index {entry.LogIndex}") : "";
            var logs = bundle.Signature.LogEntries
                .SelectMany(e => new JsonNode[] { OscalParts.Property("log", e.Log), OscalParts.Property("log-index", FormattableString.Invariant($"{e.Index}")) })
                .ToJsonArray();
            yield return Observation(
                parts,
                $"bundle\n{bundle.Digest}",
                $"A signature by {bundle.Signature.Signer} verifies: {bundle.Signature.PredicateType ?? "over the artifact itself"}{index}.",
                "TEST",
                bundle.Signature.IntegratedTime ?? dossier.Time,
                evidence,
                logs);
        }

        foreach (var statement in dossier.Attestations.Where(a => a.Bundle is null))
        {
            var evidence = new AssessedEvidence("statement", statement.Digest.ToString(), statement.Location);
            yield return Observation(
                parts, $"statement\n{statement.Digest}", $"A statement that nobody verifiably signed: {statement.PredicateType}.", "EXAMINE", statement.Time ?? dossier.Time, evidence);
        }
    }

    private static JsonObject Observation(OscalParts parts, string part, string description, string method, DateTimeOffset collected, AssessedEvidence evidence, JsonArray? logs = null) => new()
    {
        ["uuid"] = parts.Uuid($"observation\n{part}"),
        ["description"] = description,
        ["methods"] = new JsonArray((JsonNode)method),
        ["subjects"] = new JsonArray(new JsonObject { ["subject-uuid"] = parts.Uuid("component"), ["type"] = "component" }),
        ["relevant-evidence"] = new JsonArray(new JsonObject { ["href"] = parts.Link(evidence), ["description"] = $"{evidence.Type} {evidence.Digest}" }.With("props", logs)),
        ["collected"] = Rfc3339.Format(collected),
    };

    private static JsonObject Risk(OscalParts parts, AdvisoryFacts advisory) => new JsonObject
    {
        ["uuid"] = parts.Uuid($"risk\n{advisory.Advisory.Id}"),
        ["title"] = OscalParts.Line(AdvisoryWords.Title(advisory)) ?? advisory.Advisory.Id,
        ["description"] = AdvisoryWords.Describe(advisory),
        ["statement"] = AdvisoryWords.Reach(advisory),
        ["props"] = new JsonArray(OscalParts.Property("advisory-id", advisory.Advisory.Id), OscalParts.Property("severity", advisory.Advisory.Severity.ToWord())),
        ["status"] = advisory.Advisory.Status switch
        {
            AdvisoryStatus.Active => advisory.IsTrusted ? "open" : "investigating",
            AdvisoryStatus.Mitigated or AdvisoryStatus.Withdrawn => advisory.IsTrusted ? "closed" : "investigating",
        },
    }
    .With("threat-ids", ThreatTable.Of(advisory)
        .Where(t => t.IsAtlas)
        .Select(t => (JsonNode)new JsonObject { ["system"] = "https://atlas.mitre.org", ["href"] = t.Url, ["id"] = $"https://atlas.mitre.org/techniques/{t.Id}" })
        .ToJsonArray())
    .With("remediations", AdvisoryWords.Actions(advisory) is not { } actions ? null : new JsonArray(new JsonObject
    {
        ["uuid"] = parts.Uuid($"response\n{advisory.Advisory.Id}"),
        ["lifecycle"] = "recommendation",
        ["title"] = "Recommended by the advisory",
        ["description"] = actions,
    }));

    protected override void CheckMembers(JsonPlace root)
    {
        root.Object("import-ap", required: true)?.Text("href", required: true);
        foreach (var result in root.Objects("results", required: true, minimum: 1))
        {
            result.Uuid("uuid", required: true);
            result.Text("title", required: true);
            result.Text("description", required: true);
            result.Time("start", required: true);
            result.Object("reviewed-controls", required: true)?.Objects("control-selections", required: true, minimum: 1);
            foreach (var observation in result.Objects("observations"))
            {
                observation.Uuid("uuid", required: true);
                observation.Text("description", required: true);
                observation.List("methods", required: true, minimum: 1);
                observation.Time("collected", required: true);
            }

            foreach (var finding in result.Objects("findings"))
            {
                finding.Uuid("uuid", required: true);
                finding.Text("title", required: true);
                finding.Text("description", required: true);
                if (finding.Object("target", required: true) is { } target)
                {
                    target.Word("type", true, "statement-id", "objective-id");
                    target.Text("target-id", required: true);
                    target.Object("status", required: true)?.Word("state", true, "satisfied", "not-satisfied");
                }
            }

            foreach (var risk in result.Objects("risks"))
            {
                risk.Uuid("uuid", required: true);
                risk.Text("title", required: true);
                risk.Text("statement", required: true);
                risk.Text("status", required: true, notEmpty: true);
            }
        }
    }
}
