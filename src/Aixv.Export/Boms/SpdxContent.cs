using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>A dossier as the content of an SPDX 2.3 document, in the form of its JSON; tag-value and RDF are written of the same.</summary>
internal static class SpdxContent
{
    public const string Document = "SPDXRef-DOCUMENT";

    public static JsonObject Of(Dossier dossier, string format)
    {
        var inventory = Inventory.Of(dossier);
        var time = FactText.Of(dossier.Time);
        return new JsonObject
        {
            ["spdxVersion"] = "SPDX-2.3",
            ["dataLicense"] = "CC0-1.0",
            ["SPDXID"] = Document,
            ["name"] = SpdxText.Line(dossier.Artifact.Name),
            ["documentNamespace"] = $"https://aixv.org/spdx/{NameUuid.Of(format, dossier.Artifact.Digest, time):D}",
            ["comment"] = SpdxText.Block(EvidenceProperties.SentenceOf(dossier)),
            ["creationInfo"] = new JsonObject { ["created"] = time, ["creators"] = new JsonArray((JsonNode)ToolOf(dossier)) },
            ["packages"] = new JsonArray([.. inventory.Items.Select(item => (JsonNode)SpdxPackages.Of(item, dossier))]),
            ["relationships"] = new JsonArray([.. SpdxRelationships.Of(dossier, inventory)]),
        };
    }

    public static string ToolOf(Dossier dossier) => $"Tool: aixv-{SpdxText.Line(dossier.ToolVersion)}";

    public static string IdOf(InventoryItem item) => $"SPDXRef-Package-{item.Id}";

    public static JsonObject Annotation(Dossier dossier, string comment) => new()
    {
        ["annotationDate"] = FactText.Of(dossier.Time),
        ["annotationType"] = "OTHER",
        ["annotator"] = ToolOf(dossier),
        ["comment"] = SpdxText.Block(comment),
    };
}
