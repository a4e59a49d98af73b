using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Importing;

/// <summary>CycloneDX JSON of any version.</summary>
internal sealed class CycloneDxJsonReader() : CycloneDxReader("cyclonedx-json")
{
    public override bool Recognizes(DocumentProbe document) => document.Member("bomFormat") == "CycloneDX";

    protected override JsonObject ContentOf(DocumentProbe document) => document.JsonObject!;
}
