using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Attestations;

/// <summary>SLSA Verification Summary v1: what the policy decided, and on which evidence.</summary>
internal sealed class SlsaVsaExporter() : StatementExporter(Describe("slsa-vsa-v1", "SLSA Verification Summary", "v1", ExportNeeds.Decision, ".vsa.json"))
{
    protected override string PredicateType => DecisionStatements.SummaryType;

    protected override JsonNode Build(Dossier dossier)
    {
        var (decision, evidence, _, _, level) = dossier.Decision!;
        var statement = DecisionStatements.Summary(decision, evidence, new Uri(Tool.Uri(dossier)), new Uri(dossier.Artifact.Locator)).ToJson();
        var predicate = statement["predicate"]!.AsObject();
        if (decision.Decision == Decision.Allow && level is not null)
        {
            predicate["verifiedLevels"]!.AsArray().Add((JsonNode)DecisionChecks.Property(level));
        }

        if (!dossier.Bundles.IsEmpty)
        {
            predicate["inputAttestations"] = new JsonArray([.. dossier.Bundles.Select(Input)]);
        }

        return About(dossier, DecisionStatements.SummaryType, predicate.DeepClone().AsObject());
    }

    private static JsonObject Input(BundleFacts bundle) => new()
    {
        ["uri"] = Uris.AbsoluteOrNull(bundle.Location) ?? $"urn:sha256:{bundle.Digest.Hex}",
        ["digest"] = Descriptors.Digests(bundle.Digest),
    };

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) =>
    [
        .. predicate.MustHaveObject("$.predicate", "verifier", static (verifier, path) => verifier.MustHaveUri(path, "id")),
        .. predicate.MustHaveTime("$.predicate", "timeVerified", required: false),
        .. predicate.MustHaveUri("$.predicate", "resourceUri"),
        .. predicate.MustHaveObject("$.predicate", "policy", static (policy, path) => (IEnumerable<string>)
        [
            .. policy.MustHaveText(path, "uri", required: false),
            .. policy.MustHaveDigests(path, "digest", required: false),
        ]),
        .. predicate.MustHaveOneOf("$.predicate", "verificationResult", "PASSED", "FAILED"),
        .. predicate.MustHaveTexts("$.predicate", "verifiedLevels"),
        .. predicate.MustHaveList("$.predicate", "inputAttestations", static (item, path) =>
            item is JsonObject input ? input.MustHaveDigests(path, "digest", required: false) : [$"{path}: an object is expected"], required: false),
    ];
}
