using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Test Result v0.1: the policy's rules as tests.</summary>
internal sealed class InTotoTestResultExporter() : StatementExporter(Describe("in-toto-test-result", "in-toto Test Result", "v0.1", ExportNeeds.Decision, ".test-result.json"))
{
    private const string Type = "https://in-toto.io/attestation/test-result/v0.1";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier)
    {
        var decision = dossier.Decision!.Decision;
        var checks = DecisionChecks.Of(dossier.Decision);
        return About(dossier, Type, new JsonObject
        {
            ["result"] = !decision.IsAdmitted ? "FAILED" : decision.Waived.Count > 0 ? "WARNED" : "PASSED",
            ["configuration"] = new JsonArray(new JsonObject
            {
                ["name"] = decision.PolicyId ?? "policy",
                ["digest"] = Descriptors.Digests(decision.PolicyDigest),
            }),
            ["passedTests"] = Names(checks.Passed),
            ["warnedTests"] = Names(checks.Waived),
            ["failedTests"] = Names([.. checks.Failed, .. decision.Violations.Where(v => !decision.Waived.ContainsKey(v)).Select(v => $"violation/{Protocol.Admission.ViolationCodes.ToCode(v.Code)}").Distinct(StringComparer.Ordinal)]),
        });
    }

    private static JsonArray Names(IEnumerable<string> names) => new([.. names.Select(name => (JsonNode)name)]);

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveOneOf("$.predicate", "result", "PASSED", "WARNED", "FAILED"),
        .. predicate.MustHaveList("$.predicate", "configuration", static (item, path) => item is JsonObject ? [] : [$"{path}: an object is expected"]),
        .. predicate.MustHaveText("$.predicate", "url", required: false),
        .. predicate.MustHaveTexts("$.predicate", "passedTests", required: false),
        .. predicate.MustHaveTexts("$.predicate", "warnedTests", required: false),
        .. predicate.MustHaveTexts("$.predicate", "failedTests", required: false),
    ];
}
