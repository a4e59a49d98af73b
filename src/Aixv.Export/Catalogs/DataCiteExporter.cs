using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using XmlText = Aixv.Export.Formats.XmlText;

namespace Aixv.Export.Catalogs;

/// <summary>DataCite 4.6. Where a mandatory property is not known it is the schema's own <c>:unkn</c> (appendix 3).</summary>
internal sealed class DataCiteExporter() : XmlExporter(new("datacite-xml", "DataCite", "4.6", "application/xml", ".datacite.xml", ExportCategory.Catalog))
{
    private const string Space = "http://datacite.org/schema/kernel-4";
    private const string Unknown = ":unkn";

    protected override void WriteXml(Dossier dossier, XmlWriter writer)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        writer.WriteStartElement("resource", Space);
        Element(writer, "identifier", artifact.Digest.ToString(), ("identifierType", "SHA-256"));
        writer.WriteStartElement("creators", Space);
        var authors = SchemaOrg.Authors(declared);
        foreach (var author in authors.Count == 0 ? [new DeclaredParty(Unknown)] : authors)
        {
            writer.WriteStartElement("creator", Space);
            Element(writer, "creatorName", author.Name, ("nameType", authors.Count == 0 ? null : author.IsPerson ? "Personal" : "Organizational"));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        List(writer, "titles", () => Element(writer, "title", artifact.Name));
        Element(writer, "publisher", declared.Supplier?.Name ?? Unknown);
        Element(writer, "publicationYear", (declared.ReleasedAt ?? dossier.Bundle?.Signature.IntegratedTime ?? dossier.Time).Year.ToString("D4", CultureInfo.InvariantCulture));
        Element(writer, "resourceType", artifact.Type ?? "machine learning model", ("resourceTypeGeneral", "Model"));
        WriteDates(writer, dossier);
        List(writer, "alternateIdentifiers", () =>
        {
            Element(writer, "alternateIdentifier", artifact.Digest.Hex, ("alternateIdentifierType", "sha256"));
            if (artifact.Purl is { } purl)
            {
                Element(writer, "alternateIdentifier", purl, ("alternateIdentifierType", "purl"));
            }
        });
        WriteRelated(writer, dossier);
        if (artifact.Size is { } size)
        {
            List(writer, "sizes", () => Element(writer, "size", string.Create(CultureInfo.InvariantCulture, $"{size} bytes")));
        }

        if (artifact.MediaType is { } type)
        {
            List(writer, "formats", () => Element(writer, "format", type));
        }

        if (artifact.Version is { Length: > 0 } version)
        {
            Element(writer, "version", version);
        }

        if (declared.Licence is { Length: > 0 } licence)
        {
            var id = LicenceExpression.IdOrNull(licence);
            List(writer, "rightsList", () => Element(
                writer, "rights", licence,
                ("rightsURI", id is null ? Uris.WebOrNull(licence) : $"https://spdx.org/licenses/{id}"), ("rightsIdentifier", id), ("rightsIdentifierScheme", id is null ? null : "SPDX")));
        }

        List(writer, "descriptions", () =>
        {
            if (declared.Description is { Length: > 0 } description)
            {
                Element(writer, "description", description, ("descriptionType", "Abstract"));
            }

            Element(writer, "description", Evidence(dossier), ("descriptionType", "TechnicalInfo"));
        });
        writer.WriteEndElement();
    }

    private static string Evidence(Dossier dossier) => EvidencePointer.Of(dossier) is { } evidence
        ? string.Create(CultureInfo.InvariantCulture, $"Signed evidence: bundle {evidence.Location ?? ""} sha256:{evidence.Digest.Hex}{(evidence.LogIndex is { } index ? $", log index {index}" : "")}. Relations are as the {(dossier.Training?.Bundle is null ? "unsigned" : "signed")} training claim says; other properties are the publisher's word.")
        : "No signed evidence is known. Relations are as an unsigned claim says; other properties are the publisher's word.";

    private static void WriteDates(XmlWriter writer, Dossier dossier)
    {
        var dates = new[] { (dossier.Run?.FinishedOn, "Created"), (dossier.Declared.ReleasedAt, "Issued") }.Where(d => d.Item1 is not null).ToList();
        if (dates.Count > 0)
        {
            List(writer, "dates", () => dates.ForEach(date => Element(writer, "date", date.Item1!.Value.ToDate(), ("dateType", date.Item2))));
        }
    }

    private static void WriteRelated(XmlWriter writer, Dossier dossier)
    {
        var references = (dossier.Parents ?? []).Select(p => (p, "Model")).Concat((dossier.Datasets ?? []).Select(d => (d, "Dataset")))
            .Select(row => (Id: Uris.WebOrNull(row.Item1.Uri) is { } web ? (web, "URL") : SchemaOrg.Id(row.Item1) is { } urn && urn.StartsWith("urn:", StringComparison.Ordinal) ? (urn, "URN") : (null, null), General: row.Item2))
            .Where(row => row.Id.Item1 is not null)
            .Distinct()
            .ToList();
        if (references.Count > 0)
        {
            List(writer, "relatedIdentifiers", () => references.ForEach(row => Element(
                writer, "relatedIdentifier", row.Id.Item1!,
                ("relatedIdentifierType", row.Id.Item2), ("relationType", "IsDerivedFrom"), ("resourceTypeGeneral", row.General))));
        }
    }

    private static void List(XmlWriter writer, string name, Action body)
    {
        writer.WriteStartElement(name, Space);
        body();
        writer.WriteEndElement();
    }

    private static void Element(XmlWriter writer, string name, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        writer.WriteStartElement(name, Space);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                writer.WriteAttributeString(attribute, value);
            }
        }

        writer.WriteString(XmlText.Clean(text));
        writer.WriteEndElement();
    }

    public override bool Recognizes(DocumentProbe document) => document.IsXml("resource", Space);

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        XNamespace space = Space;
        var root = document.Xml!.Root!;
        foreach (var name in (string[])["identifier", "creators", "titles", "publisher", "publicationYear", "resourceType"])
        {
            if (string.IsNullOrWhiteSpace(root.Element(space + name)?.Value))
            {
                yield return $"resource: {name} is required";
            }
        }

        if (root.Element(space + "publicationYear")?.Value.Trim() is { } year && (year.Length != 4 || !year.All(char.IsAsciiDigit)))
        {
            yield return "publicationYear: four digits are expected";
        }

        if (root.Element(space + "identifier") is { } identifier && identifier.Attribute("identifierType") is null)
        {
            yield return "identifier: identifierType is required";
        }
    }
}
