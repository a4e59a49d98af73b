using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>A layer of MITRE ATT&amp;CK Enterprise.</summary>
internal sealed class AttackNavigatorExporter() : NavigatorExporter(
    new("attack-navigator", "ATT&CK Navigator layer", "4.5", Json, ".attack-layer.json", ExportCategory.Finding), "enterprise-attack")
{
    protected override bool IsAtlas => false;

    protected override JsonObject Versions => new() { ["attack"] = "17", ["navigator"] = "4.9.0", ["layer"] = "4.5" };

    protected override IEnumerable<(string Name, string Value)> Metadata => [];
}
