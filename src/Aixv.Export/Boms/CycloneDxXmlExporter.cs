using System.Xml;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX XML: the same bill of materials as in JSON.</summary>
internal sealed class CycloneDxXmlExporter(string version) : XmlExporter(new(
    $"cyclonedx-{version}-xml", "CycloneDX", version, $"application/vnd.cyclonedx+xml; version={version}", ".cdx.xml", ExportCategory.Bom))
{
    protected override void WriteXml(Dossier dossier, XmlWriter writer) =>
        new BomXmlWriter(writer, $"http://cyclonedx.org/schema/bom/{version}").Write("bom", CycloneDxContent.Of(dossier, Format.Id, version), CycloneDxShapes.Bom);

    public override bool Recognizes(DocumentProbe document) => BomXmlReader.VersionOf(document.Xml) == version;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var references = document.Xml!.Descendants().Select(e => e.Attribute("bom-ref")?.Value).OfType<string>().ToList();
        return new CycloneDxRules(references).Check(BomXmlReader.Read(document.Xml!), version);
    }
}
