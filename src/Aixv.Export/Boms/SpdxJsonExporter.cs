using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>SPDX 2.3 (the line of ISO/IEC 5962) in JSON.</summary>
internal sealed class SpdxJsonExporter() : JsonExporter(new("spdx-2.3-json", "SPDX", "2.3", "application/spdx+json", ".spdx.json", ExportCategory.Bom))
{
    protected override JsonNode Build(Dossier dossier) => SpdxContent.Of(dossier, Format.Id);

    public override bool Recognizes(DocumentProbe document) => document.Member("spdxVersion") == "SPDX-2.3";

    public override IEnumerable<string> Faults(DocumentProbe document) => new SpdxRules().Check(document.JsonObject!, []);
}
