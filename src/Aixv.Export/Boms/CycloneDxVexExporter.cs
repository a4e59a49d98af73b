using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX VEX: the advisories about the artifact, and what they mean for it.</summary>
internal sealed class CycloneDxVexExporter() : CycloneDxExporter(
    Describe("cyclonedx-vex", "1.6", ExportCategory.Finding) with { Needs = ExportNeeds.AdvisoryCheck }, "1.6")
{
    protected override JsonNode Build(Dossier dossier)
    {
        var bom = CycloneDxContent.HeadOf(dossier, Format.Id, Version);
        bom["vulnerabilities"] = new JsonArray([.. dossier.Advisories.Select(a => (JsonNode)CycloneDxVulnerabilities.Of(a, dossier))]);
        bom.AddList("properties", CycloneDxParts.Properties(EvidenceProperties.Of(dossier)));
        return bom;
    }

    public override bool Recognizes(DocumentProbe document) =>
        base.Recognizes(document)
        && document.JsonObject!["vulnerabilities"] is JsonArray
        && document.JsonObject["components"] is null or JsonArray { Count: 0 }
        && document.JsonObject["declarations"] is null;
}
