using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX JSON (ECMA-424): the bill of materials of any artifact.</summary>
internal sealed class CycloneDxJsonExporter(string version) : CycloneDxExporter(Describe($"cyclonedx-{version}-json", version), version)
{
    protected override JsonNode Build(Dossier dossier) => CycloneDxContent.Of(dossier, Format.Id, Version);
}
