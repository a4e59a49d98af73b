using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>A layer of MITRE ATLAS.</summary>
internal sealed class AtlasNavigatorExporter() : NavigatorExporter(
    new("atlas-navigator", "MITRE ATLAS Navigator layer", "4.5", Json, ".atlas-layer.json", ExportCategory.Finding), "atlas-atlas")
{
    protected override bool IsAtlas => true;

    protected override JsonObject Versions => new() { ["navigator"] = "4.9.0", ["layer"] = "4.5" };

    protected override IEnumerable<(string Name, string Value)> Metadata => [("atlas_data_version", Techniques.AtlasVersion)];
}
