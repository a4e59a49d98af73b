using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>Writes SPDX 2.3 JSON content as tag-value.</summary>
internal sealed class SpdxTagWriter(TextWriter writer)
{
    public void Write(JsonObject document)
    {
        WriteAll(document, SpdxTags.Document);
        WriteAll(document["creationInfo"]!.AsObject(), SpdxTags.CreationInfo);
        foreach (var package in Items(document, "packages"))
        {
            writer.WriteLine();
            WriteAll(package, SpdxTags.Package);
            foreach (var reference in Items(package, "externalRefs"))
            {
                Write("ExternalRef", $"{Text(reference, "referenceCategory")} {Text(reference, "referenceType")} {Text(reference, "referenceLocator")}");
                WriteIfAny("ExternalRefComment", reference, "comment");
            }

            WriteAnnotations(package);
        }

        writer.WriteLine();
        foreach (var relationship in Items(document, "relationships"))
        {
            Write("Relationship", $"{Text(relationship, "spdxElementId")} {Text(relationship, "relationshipType")} {Text(relationship, "relatedSpdxElement")}");
            WriteIfAny("RelationshipComment", relationship, "comment");
        }
    }

    private void WriteAnnotations(JsonObject package)
    {
        foreach (var annotation in Items(package, "annotations"))
        {
            writer.WriteLine();
            WriteAll(annotation, SpdxTags.Annotation);
            Write("SPDXREF", Text(package, "SPDXID")!);
            WriteIfAny("AnnotationComment", annotation, "comment");
        }
    }

    private void WriteAll(JsonObject members, IEnumerable<(string Tag, string Member)> tags)
    {
        foreach (var (tag, member) in tags)
        {
            switch (members[member])
            {
                case JsonArray list when member == "checksums":
                    foreach (var checksum in list.OfType<JsonObject>())
                    {
                        Write(tag, $"{Text(checksum, "algorithm")}: {Text(checksum, "checksumValue")}");
                    }

                    break;
                case JsonArray list:
                    foreach (var item in list)
                    {
                        Write(tag, FactText.Of(item));
                    }

                    break;
                case { } value:
                    Write(tag, FactText.Of(value));
                    break;
            }
        }
    }

    private void WriteIfAny(string tag, JsonObject members, string name)
    {
        if (Text(members, name) is { } text)
        {
            Write(tag, text);
        }
    }

    private void Write(string tag, string value)
    {
        writer.Write(tag);
        writer.Write(": ");
        writer.Write(SpdxTags.Blocks.Contains(tag) ? $"<text>{value}</text>" : value);
        writer.WriteLine();
    }

    private static string? Text(JsonObject members, string name) => members[name] is { } value ? FactText.Of(value) : null;

    private static IEnumerable<JsonObject> Items(JsonObject members, string name) => (members[name] as JsonArray ?? []).OfType<JsonObject>();
}
