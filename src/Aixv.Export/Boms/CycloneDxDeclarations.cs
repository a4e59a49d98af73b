using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Boms;

/// <summary>The declarations of a CDXA document: the verified bundles as evidence, what they prove and what the policy found as claims.</summary>
internal sealed class CycloneDxDeclarations(Dossier dossier)
{
    private const string Assessor = "assessor";
    private const string Policy = "policy";

    /// <summary>The steps of the evaluation that found something.</summary>
    private readonly ImmutableArray<EvaluationNode> steps = dossier.Decision is { } facts
        ? [.. Leaves(facts.Decision.Evaluation).Where(s => s.Outcome is RuleOutcome.Passed or RuleOutcome.Failed or RuleOutcome.Waived)]
        : [];

    private string Target => $"target:{CycloneDxContent.ReferenceOf(dossier)}";

    public JsonObject Build()
    {
        var declarations = new JsonObject
        {
            ["assessors"] = new JsonArray((JsonNode)new JsonObject
            {
                ["bom-ref"] = Assessor,
                ["organization"] = new JsonObject { ["name"] = $"aixv {dossier.ToolVersion}, a program run by whoever made this document" },
            }),
        };
        declarations.AddList("attestations", Attestations());
        declarations.AddList("claims", [.. dossier.Bundles.Select(SignatureClaim), .. steps.Select(StepClaim)]);
        declarations.AddList("evidence", dossier.Bundles.Select(Evidence));
        declarations["targets"] = new JsonObject { ["components"] = new JsonArray((JsonNode)TargetComponent()) };
        return declarations;
    }

    /// <summary>The policy as a standard whose requirements are its rules; null where no policy was asked.</summary>
    public JsonObject? Definitions() => dossier.Decision is not { Decision: var decision } ? null : new JsonObject
    {
        ["standards"] = new JsonArray((JsonNode)new JsonObject
        {
            ["bom-ref"] = Policy,
            ["name"] = $"AIXV admission policy{(decision.PolicyId is { } id ? $" {id}" : "")}",
            ["version"] = decision.PolicyDigest.ToString(),
            ["requirements"] = new JsonArray([.. steps.Select((step, i) => (JsonNode)new JsonObject
            {
                ["bom-ref"] = Requirement(i),
                ["identifier"] = step.Rule,
            })]),
        }),
    };

    private static string Requirement(int step) => $"requirement:{FactText.Of(step)}";

    private static string ClaimOf(int step) => $"claim:{FactText.Of(step)}";

    private static string EvidenceOf(BundleFacts bundle) => $"evidence:{bundle.Digest}";

    private static IEnumerable<EvaluationNode> Leaves(EvaluationNode node) => node.Children.IsEmpty ? [node] : node.Children.SelectMany(Leaves);

    private JsonObject TargetComponent()
    {
        var component = new JsonObject
        {
            ["type"] = CycloneDxComponents.IsModelType(dossier.Artifact.Type) ? "machine-learning-model" : "file",
            ["bom-ref"] = Target,
            ["name"] = dossier.Artifact.Name,
            ["hashes"] = CycloneDxParts.Hashes(dossier.Artifact.Digest),
        };
        component.AddText("purl", dossier.Artifact.Purl);
        return component;
    }

    private JsonObject SignatureClaim(BundleFacts bundle) => new()
    {
        ["bom-ref"] = $"claim:{bundle.Digest}",
        ["target"] = Target,
        ["predicate"] = bundle.Signature.PredicateType is { } type ? $"signed statement of {type}" : "signed bytes",
        ["reasoning"] = $"The signature by {bundle.Signature.Signer} was verified{(bundle.Signature.LogEntries.IsEmpty ? "" : " and is logged")}.",
        ["evidence"] = new JsonArray((JsonNode)EvidenceOf(bundle)),
    };

    private JsonObject StepClaim(EvaluationNode step, int number)
    {
        var claim = new JsonObject
        {
            ["bom-ref"] = ClaimOf(number),
            ["target"] = Target,
            ["predicate"] = step.Outcome == RuleOutcome.Passed ? step.Rule : $"{step.Rule}: not met",
            ["reasoning"] = step.Detail,
        };
        claim.AddList(step.Outcome == RuleOutcome.Passed ? "evidence" : "counterEvidence", dossier.Bundles.Select(b => (JsonNode)EvidenceOf(b)));
        return claim;
    }

    private static JsonObject Evidence(BundleFacts bundle)
    {
        var evidence = new JsonObject
        {
            ["bom-ref"] = EvidenceOf(bundle),
            ["propertyName"] = "aixv:bundle",
            ["description"] = $"Sigstore bundle, SHA-256 {bundle.Digest.Hex}",
            ["data"] = new JsonArray(
            [
                (JsonNode)Data($"Sigstore bundle sha256:{bundle.Digest.Hex}", CycloneDxReferences.LocatorOf(bundle)),
                .. bundle.Signature.LogEntries.Select((entry, i) => Data(
                    $"Entry {FactText.Of(entry.Index)} of the log {entry.Log}", $"{CycloneDxReferences.LocatorOf(bundle)}#/verificationMaterial/tlogEntries/{FactText.Of(i)}")),
            ]),
        };
        evidence.AddText("created", bundle.Signature.IntegratedTime is { } time ? FactText.Of(time) : null);
        evidence["author"] = new JsonObject { ["name"] = bundle.Signature.Signer.Subject };
        return evidence;
    }

    private static JsonObject Data(string name, string url) => new JsonObject { ["name"] = name, ["contents"] = new JsonObject { ["url"] = url } };

    private IEnumerable<JsonObject> Attestations()
    {
        if (dossier.Decision is { Decision: var decision })
        {
            yield return new JsonObject
            {
                ["summary"] = $"Policy {decision.PolicyId ?? decision.PolicyDigest.ToString()}: {(decision.IsAdmitted ? "admitted" : "denied")} at {FactText.Of(decision.DecidedAt)}.",
                ["assessor"] = Assessor,
                ["map"] = new JsonArray([.. steps.Select((step, i) => (JsonNode)Mapping(step, i))]),
            };
        }
    }

    private static JsonObject Mapping(EvaluationNode step, int number)
    {
        var isMet = step.Outcome == RuleOutcome.Passed;
        return new JsonObject
        {
            ["requirement"] = Requirement(number),
            [isMet ? "claims" : "counterClaims"] = new JsonArray((JsonNode)ClaimOf(number)),
            ["conformance"] = new JsonObject
            {
                ["score"] = isMet ? 1 : 0,
                ["rationale"] = step.Outcome == RuleOutcome.Waived ? $"Waived: {step.Detail}" : step.Detail,
            },
            ["confidence"] = new JsonObject { ["rationale"] = "Evaluated by a program over verified signatures; no judgement is in it." },
        };
    }
}
