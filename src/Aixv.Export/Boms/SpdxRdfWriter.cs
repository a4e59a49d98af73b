using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml;

namespace Aixv.Export.Boms;

/// <summary>Writes SPDX 2.3 JSON content as RDF/XML with the terms of the SPDX ontology.</summary>
internal sealed class SpdxRdfWriter(XmlWriter writer)
{
    public const string Terms = "http://spdx.org/rdf/terms#";
    public const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const string Rdfs = "http://www.w3.org/2000/01/rdf-schema#";
    private const string Doap = "http://usefulinc.com/ns/doap#";
    private const string Xsd = "http://www.w3.org/2001/XMLSchema#";
    private static readonly string[] Texts = ["name", "versionInfo", "packageFileName", "supplier", "originator"];
    private static readonly string[] MoreTexts = ["sourceInfo", "licenseComments", "summary", "description", "releaseDate"];
    private string space = "";
    private ILookup<string?, JsonObject> relationships = Array.Empty<JsonObject>().ToLookup(r => (string?)null);

    public void Write(JsonObject document)
    {
        space = $"{TextOf(document, "documentNamespace")}#";
        relationships = Items(document, "relationships").ToLookup(relationship => TextOf(relationship, "spdxElementId"));
        writer.WriteStartElement("rdf", "RDF", Rdf);
        writer.WriteAttributeString("xmlns", "spdx", null, Terms);
        writer.WriteAttributeString("xmlns", "rdfs", null, Rdfs);
        writer.WriteAttributeString("xmlns", "doap", null, Doap);
        Node("SpdxDocument", SpdxContent.Document, () =>
        {
            Text("specVersion", TextOf(document, "spdxVersion"));
            Link("dataLicense", "http://spdx.org/licenses/CC0-1.0");
            Text("name", TextOf(document, "name"));
            Comment(document);
            WriteCreation(document["creationInfo"]!.AsObject());
            WriteRelationships(SpdxContent.Document);
        });
        foreach (var package in Items(document, "packages"))
        {
            WritePackage(package);
        }

        writer.WriteEndElement();
    }

    private void WriteCreation(JsonObject creation) => Within("creationInfo", "CreationInfo", () =>
    {
        foreach (var creator in creation["creators"]!.AsArray())
        {
            Text("creator", creator!.GetValue<string>());
        }

        Text("created", TextOf(creation, "created"));
    });

    private void WritePackage(JsonObject package) => Node("Package", TextOf(package, "SPDXID")!, () =>
    {
        foreach (var name in Texts)
        {
            Text(name, TextOf(package, name));
        }

        Literal("downloadLocation", TextOf(package, "downloadLocation") is SpdxText.NoAssertion ? $"{Terms}noassertion" : TextOf(package, "downloadLocation")!, "anyURI");
        Literal("filesAnalyzed", package["filesAnalyzed"]!.GetValueKind() == JsonValueKind.True ? "true" : "false", "boolean");
        foreach (var checksum in Items(package, "checksums"))
        {
            Within("checksum", "Checksum", () =>
            {
                Link("algorithm", $"{Terms}checksumAlgorithm_{TextOf(checksum, "algorithm")!.ToLowerInvariant()}");
                Literal("checksumValue", TextOf(checksum, "checksumValue")!, "hexBinary");
            });
        }

        if (TextOf(package, "homepage") is { } homepage)
        {
            writer.WriteStartElement("homepage", Doap);
            writer.WriteAttributeString("datatype", Rdf, $"{Xsd}anyURI");
            writer.WriteString(homepage);
            writer.WriteEndElement();
        }

        Licence("licenseConcluded", TextOf(package, "licenseConcluded")!);
        Licence("licenseDeclared", TextOf(package, "licenseDeclared")!);
        Text("copyrightText", TextOf(package, "copyrightText"));
        foreach (var name in MoreTexts)
        {
            Text(name, TextOf(package, name));
        }

        Comment(package);
        Link("primaryPackagePurpose", $"{Terms}purpose_{TextOf(package, "primaryPackagePurpose")!.ToLowerInvariant()}");
        foreach (var reference in Items(package, "externalRefs"))
        {
            WriteReference(reference);
        }

        foreach (var annotation in Items(package, "annotations"))
        {
            WriteAnnotation(annotation);
        }

        WriteRelationships(TextOf(package, "SPDXID")!);
    });

    private void WriteReference(JsonObject reference) => Within("externalRef", "ExternalRef", () =>
    {
        var type = TextOf(reference, "referenceType")!;
        Link("referenceCategory", $"{Terms}referenceCategory_{TextOf(reference, "referenceCategory") switch
        {
            "PACKAGE-MANAGER" => "packageManager",
            "SECURITY" => "security",
            _ => "other",
        }}");
        Link("referenceType", type is "purl" or "advisory" ? $"http://spdx.org/rdf/references/{type}" : $"{space}{type}");
        Text("referenceLocator", TextOf(reference, "referenceLocator"));
        Comment(reference);
    });

    private void WriteAnnotation(JsonObject annotation) => Within("annotation", "Annotation", () =>
    {
        Link("annotationType", $"{Terms}annotationType_{TextOf(annotation, "annotationType")!.ToLowerInvariant()}");
        Text("annotator", TextOf(annotation, "annotator"));
        Text("annotationDate", TextOf(annotation, "annotationDate"));
        Comment(annotation);
    });

    private void WriteRelationships(string from)
    {
        foreach (var relationship in relationships[from])
        {
            Within("relationship", "Relationship", () =>
            {
                Link("relationshipType", $"{Terms}relationshipType_{Camel(TextOf(relationship, "relationshipType")!)}");
                Link("relatedSpdxElement", TextOf(relationship, "relatedSpdxElement") switch
                {
                    SpdxText.None => $"{Terms}none",
                    SpdxText.NoAssertion => $"{Terms}noassertion",
                    var id => space + id,
                });
                Comment(relationship);
            });
        }
    }

    private void Licence(string name, string expression)
    {
        if (expression == SpdxText.NoAssertion)
        {
            Link(name, $"{Terms}noassertion");
        }
        else
        {
            new SpdxRdfLicence(writer, expression).Write(name);
        }
    }

    /// <summary>A node of its own.</summary>
    private void Node(string type, string id, Action content)
    {
        writer.WriteStartElement(type, Terms);
        writer.WriteAttributeString("about", Rdf, space + id);
        content();
        writer.WriteEndElement();
    }

    /// <summary>A node without a name within a property.</summary>
    private void Within(string property, string type, Action content)
    {
        writer.WriteStartElement(property, Terms);
        writer.WriteStartElement(type, Terms);
        content();
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private void Link(string name, string uri)
    {
        writer.WriteStartElement(name, Terms);
        writer.WriteAttributeString("resource", Rdf, uri);
        writer.WriteEndElement();
    }

    private void Text(string name, string? text)
    {
        if (text is not null)
        {
            writer.WriteElementString(name, Terms, text);
        }
    }

    private void Literal(string name, string text, string type)
    {
        writer.WriteStartElement(name, Terms);
        writer.WriteAttributeString("datatype", Rdf, Xsd + type);
        writer.WriteString(text);
        writer.WriteEndElement();
    }

    private void Comment(JsonObject owner)
    {
        if (TextOf(owner, "comment") is { } comment)
        {
            writer.WriteElementString("comment", Rdfs, comment);
        }
    }

    private static string? TextOf(JsonObject owner, string name) => owner[name] is { } value ? Formats.XmlText.Clean(FactText.Of(value)) : null;

    private static IEnumerable<JsonObject> Items(JsonObject owner, string name) => (owner[name] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary><c>BUILD_TOOL_OF</c> is <c>buildToolOf</c>.</summary>
    private static string Camel(string word) => string.Concat(word.Split('_').Select((part, i) => i == 0 ? part.ToLowerInvariant() : part[..1] + part[1..].ToLowerInvariant()));
}
