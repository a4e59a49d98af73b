using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Simple Verification Result v0.1: the checks that the artifact passed.</summary>
internal sealed class InTotoSvrExporter() : StatementExporter(Describe("in-toto-svr", "in-toto Simple Verification Result", "v0.1", ExportNeeds.Decision, ".svr.json"))
{
    private const string Type = "https://in-toto.io/attestation/svr/v0.1";

    protected override string PredicateType => Type;

    protected override JsonNode Build(Dossier dossier)
    {
        var decision = dossier.Decision!;
        List<string> properties = [.. DecisionChecks.Of(decision).Passed.Select(DecisionChecks.Property)];
        if (decision.Decision.IsAdmitted)
        {
            properties.Add(decision.Decision.Decision == Decision.Allow ? "AIXV_ADMITTED" : "AIXV_ADMITTED_WITH_WAIVER");
            if (decision is { Level: { } level, Decision.Decision: Decision.Allow })
            {
                properties.Add(DecisionChecks.Property(level));
            }
        }

        return About(dossier, Type, new JsonObject
        {
            ["verifier"] = new JsonObject { ["id"] = Tool.Uri(dossier) },
            ["timeCreated"] = Rfc3339.Format(decision.Decision.DecidedAt),
            ["properties"] = new JsonArray([.. properties.Order(StringComparer.Ordinal).Select(p => (JsonNode)p)]),
        });
    }

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "verifier", static (verifier, path) => verifier.MustHaveUri(path, "id")),
        .. predicate.MustHaveTime("$.predicate", "timeCreated"),
        .. predicate.MustHaveTexts("$.predicate", "properties"),
    ];
}
