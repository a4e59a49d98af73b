using System.Xml;
using System.Xml.Linq;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>SPDX 2.3 as RDF/XML: the same document as in JSON.</summary>
internal sealed class SpdxRdfExporter() : XmlExporter(new("spdx-2.3-rdf", "SPDX", "2.3", "application/rdf+xml", ".spdx.rdf", ExportCategory.Bom))
{
    private static readonly XNamespace Terms = SpdxRdfWriter.Terms;
    private static readonly XNamespace Rdf = SpdxRdfWriter.Rdf;

    protected override void WriteXml(Dossier dossier, XmlWriter writer) => new SpdxRdfWriter(writer).Write(SpdxContent.Of(dossier, Format.Id));

    public override bool Recognizes(DocumentProbe document) =>
        document.IsXml("RDF", SpdxRdfWriter.Rdf) && DocumentOf(document) is { } spdx && spdx.Elements(Terms + "specVersion").Any(e => e.Value.Trim() == "SPDX-2.3");

    private static XElement? DocumentOf(DocumentProbe document) => document.Xml!.Root!.Descendants(Terms + "SpdxDocument").FirstOrDefault(e => e.HasElements);

    /// <summary>What can be said without reading the whole graph: RDF/XML writes the same triples in many ways.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var spdx = DocumentOf(document)!;
        if (spdx.Attribute(Rdf + "about")?.Value is not { } about || !about.EndsWith($"#{SpdxContent.Document}", StringComparison.Ordinal))
        {
            yield return "SpdxDocument: rdf:about with the document's namespace and #SPDXRef-DOCUMENT is expected";
        }

        foreach (var name in (string[])["dataLicense", "name", "creationInfo"])
        {
            if (spdx.Element(Terms + name) is null && spdx.Attribute(Terms + name) is null)
            {
                yield return $"SpdxDocument: spdx:{name} is required";
            }
        }

        foreach (var package in spdx.Document!.Descendants(Terms + "Package").Where(p => p.HasElements))
        {
            var id = package.Attribute(Rdf + "about")?.Value;
            foreach (var name in ((string[])["name", "downloadLocation"]).Where(n => package.Element(Terms + n) is null && package.Attribute(Terms + n) is null))
            {
                yield return $"Package {id}: spdx:{name} is required";
            }
        }

        foreach (var checksum in spdx.Document!.Descendants(Terms + "Checksum").Where(c => c.HasElements))
        {
            if (checksum.Element(Terms + "checksumValue") is not { Value: var value } || value.Trim() is not { Length: >= 8 } hex || hex.Any(c => !char.IsAsciiHexDigitLower(c)))
            {
                yield return "Checksum: spdx:checksumValue of lower-case hex digits is expected";
            }
        }

        var defined = spdx.Document!.Descendants().Select(e => e.Attribute(Rdf + "about")?.Value).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var link in spdx.Document!.Descendants(Terms + "relatedSpdxElement").Select(e => e.Attribute(Rdf + "resource")?.Value).OfType<string>())
        {
            if (link.Contains("#SPDXRef-", StringComparison.Ordinal) && link.StartsWith(NamespaceOf(spdx), StringComparison.Ordinal) && !defined.Contains(link))
            {
                yield return $"relatedSpdxElement: nothing has the identifier '{link}'";
            }
        }
    }

    private static string NamespaceOf(XElement spdx) => spdx.Attribute(Rdf + "about")?.Value.Split('#')[0] + "#";
}
