using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>SPDX 3.0.1 as JSON-LD.</summary>
/// <param name="withProfiles">With the AI and dataset profiles, or with those for any software only.</param>
internal sealed class Spdx3Exporter(bool withProfiles) : JsonExporter(new(
    withProfiles ? "spdx-3.0.1-ai" : "spdx-3.0.1-jsonld", "SPDX", "3.0.1", "application/spdx+json", ".spdx3.json", ExportCategory.Bom))
{
    protected override JsonNode Build(Dossier dossier) => Spdx3Content.Of(dossier, Format.Id, withProfiles);

    public override bool Recognizes(DocumentProbe document) =>
        document.JsonObject is { } root && Spdx3Rules.IsOf(root) && (!withProfiles || Spdx3Rules.ElementsOf(root).Any(e => Spdx3Rules.Text(e["type"]) is "ai_AIPackage" or "dataset_DatasetPackage"));

    public override IEnumerable<string> Faults(DocumentProbe document) => new Spdx3Rules().Check(document.JsonObject!);
}
