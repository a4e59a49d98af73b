using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Formats;

namespace Aixv.Export.Importing;

/// <summary>CycloneDX XML of any version.</summary>
internal sealed class CycloneDxXmlReader() : CycloneDxReader("cyclonedx-xml")
{
    public override bool Recognizes(DocumentProbe document) => BomXmlReader.VersionOf(document.Xml) is not null;

    protected override JsonObject ContentOf(DocumentProbe document) => BomXmlReader.Read(document.Xml!);
}
