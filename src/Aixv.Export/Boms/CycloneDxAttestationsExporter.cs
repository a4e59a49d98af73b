using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX Attestations (CDXA): what the policy asked for, what was found of it, and the evidence.</summary>
internal sealed class CycloneDxAttestationsExporter() : CycloneDxExporter(Describe("cyclonedx-attestations", "1.6", ExportCategory.Governance), "1.6")
{
    private static readonly string[] Places = ["assessor", "target", "requirement", "parent"];
    private static readonly string[] Lists = ["claims", "counterClaims", "mitigationStrategies", "evidence", "counterEvidence", "requirements"];

    protected override JsonNode Build(Dossier dossier)
    {
        var bom = CycloneDxContent.HeadOf(dossier, Format.Id, Version);
        var declarations = new CycloneDxDeclarations(dossier);
        bom["declarations"] = declarations.Build();
        bom.AddObject("definitions", declarations.Definitions());
        bom.AddList("properties", CycloneDxParts.Properties(EvidenceProperties.Of(dossier)));
        return bom;
    }

    public override bool Recognizes(DocumentProbe document) => base.Recognizes(document) && document.JsonObject!["declarations"] is JsonObject;

    /// <summary>Every link in the declarations and standards is to a bom-ref of the document, and scores are from 0 to 1.</summary>
    protected override IEnumerable<string> MoreFaults(JsonObject bom)
    {
        var rules = new CycloneDxRules(CycloneDxRules.ReferencesOf(bom));
        return Walk(bom["declarations"], "$.declarations", rules).Concat(Walk(bom["definitions"], "$.definitions", rules));
    }

    private static IEnumerable<string> Walk(JsonNode? node, string path, CycloneDxRules rules) => node switch
    {
        JsonObject members => members.SelectMany(m => Member(m.Key, m.Value, $"{path}.{m.Key}", rules)),
        JsonArray items => items.SelectMany((item, i) => Walk(item, $"{path}[{FactText.Of(i)}]", rules)),
        _ => [],
    };

    private static IEnumerable<string> Member(string name, JsonNode? value, string path, CycloneDxRules rules)
    {
        // A component within has members of the same names that link to nothing.
        var links = Places.Contains(name) ? [value] : Lists.Contains(name) && value is JsonArray list ? list : Enumerable.Empty<JsonNode?>();
        foreach (var link in links.OfType<JsonValue>())
        {
            if (!link.TryGetValue<string>(out var text) || !rules.Resolves(text))
            {
                yield return $"{path}: no element has the bom-ref '{link}'";
            }
        }

        if (name == "score" && (value is not JsonValue score || !score.TryGetValue<double>(out var number) || number is < 0 or > 1))
        {
            yield return $"{path}: a number from 0 to 1 is expected";
        }

        foreach (var fault in Walk(value, path, rules))
        {
            yield return fault;
        }
    }
}
