using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>Reads SPDX 2.x tag-value as SPDX JSON content. What is not known here (files, snippets) is passed over, but its identifiers are kept.</summary>
internal sealed class SpdxTagReader
{
    private readonly JsonObject document = new() { ["creationInfo"] = new JsonObject { ["creators"] = new JsonArray() }, ["packages"] = new JsonArray(), ["relationships"] = new JsonArray() };
    private readonly List<JsonObject> annotations = [];
    private JsonObject? package;
    private JsonObject? last;

    /// <summary>Whether the file or snippet section that was begun last is what tags belong to.</summary>
    private bool isElsewhere;

    /// <summary>Identifiers of files and snippets.</summary>
    public List<string> OtherIds { get; } = [];

    /// <summary>Lines that are no tag and value.</summary>
    public List<string> Faults { get; } = [];

    /// <summary>Whether the text says that it is SPDX tag-value.</summary>
    public static string? VersionOf(string? text)
    {
        if (text is null || text.Length == 0 || text.TrimStart() is ['{' or '<' or '[', ..])
        {
            return null;
        }

        foreach (var line in text.AsSpan(0, Math.Min(text.Length, 4096)).EnumerateLines())
        {
            if (line.StartsWith("SPDXVersion:", StringComparison.Ordinal))
            {
                return line["SPDXVersion:".Length..].Trim().ToString();
            }
        }

        return null;
    }

    public JsonObject Read(string text)
    {
        var number = 0;
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        while (number < lines.Length)
        {
            var first = number;
            var line = lines[number++];
            if (line.Trim() is "" or ['#', ..])
            {
                continue;
            }

            if (line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
            {
                Faults.Add($"line {FactText.Of(first + 1)}: a tag, a colon and a value are expected");
                continue;
            }

            var value = line[(colon + 1)..].Trim();
            if (value.StartsWith("<text>", StringComparison.Ordinal))
            {
                (value, number) = ReadBlock(lines, value, number, first);
            }

            Take(line[..colon].Trim(), value);
        }

        Attach();
        return document;
    }

    private (string Value, int Next) ReadBlock(string[] lines, string start, int next, int first)
    {
        var parts = new List<string> { start["<text>".Length..] };
        while (!parts[^1].Contains("</text>", StringComparison.Ordinal))
        {
            if (next == lines.Length)
            {
                Faults.Add($"line {FactText.Of(first + 1)}: the text has no end");
                return (string.Join('\n', parts), next);
            }

            parts.Add(lines[next++]);
        }

        parts[^1] = parts[^1][..parts[^1].IndexOf("</text>", StringComparison.Ordinal)];
        return (string.Join('\n', parts), next);
    }

    private void Take(string tag, string value)
    {
        switch (tag)
        {
            case "PackageName":
                package = Begin("packages");
                package["name"] = value;
                isElsewhere = false;
                break;
            case "FileName" or "SnippetSPDXID" or "LicenseID":
                isElsewhere = true;
                AddOther(tag == "SnippetSPDXID", value);
                break;
            case "SPDXID" when isElsewhere:
                AddOther(true, value);
                break;
            case "Relationship":
                AddRelationship(value);
                break;
            case "RelationshipComment" or "ExternalRefComment" or "AnnotationComment":
                SetLast("comment", value);
                break;
            case "ExternalRef" when package is not null:
                AddReference(package, value);
                break;
            case "Annotator":
                annotations.Add(last = new JsonObject { ["annotator"] = value });
                break;
            case "AnnotationDate" or "AnnotationType":
                SetLast(tag == "AnnotationDate" ? "annotationDate" : "annotationType", value);
                break;
            case "SPDXREF":
                SetLast("SPDXREF", value);
                break;
            default:
                TakeMember(tag, value);
                break;
        }
    }

    private void TakeMember(string tag, string value)
    {
        var (members, target) = tag switch
        {
            "Creator" or "Created" or "LicenseListVersion" or "CreatorComment" => (SpdxTags.CreationInfo, document["creationInfo"]!.AsObject()),
            _ when package is not null && !isElsewhere => (SpdxTags.Package, package),
            _ => (SpdxTags.Document, isElsewhere || package is not null ? [] : document),
        };
        var member = members.FirstOrDefault(m => m.Tag == tag).Member;
        switch (member)
        {
            case null:
                break;
            case "creators":
                target["creators"]!.AsArray().Add((JsonNode)value);
                break;
            case "checksums":
                var parts = value.Split(':', 2);
                List(target, member).Add((JsonNode)new JsonObject { ["algorithm"] = parts[0].Trim(), ["checksumValue"] = parts.Length > 1 ? parts[1].Trim() : "" });
                break;
            case "licenseInfoFromFiles" or "attributionTexts":
                List(target, member).Add((JsonNode)value);
                break;
            case "packageVerificationCode":
                target[member] = new JsonObject { ["packageVerificationCodeValue"] = value };
                break;
            case "filesAnalyzed" when bool.TryParse(value, out var flag):
                target[member] = flag;
                break;
            default:
                target[member] = value;
                break;
        }
    }

    private JsonObject Begin(string list)
    {
        var item = new JsonObject();
        document[list]!.AsArray().Add((JsonNode)item);
        return item;
    }

    private void AddOther(bool isId, string value)
    {
        if (isId)
        {
            OtherIds.Add(value);
        }
    }

    private void AddRelationship(string value)
    {
        last = Begin("relationships");
        if (value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var from, var type, var to])
        {
            last["spdxElementId"] = from;
            last["relationshipType"] = type;
            last["relatedSpdxElement"] = to;
        }
        else
        {
            Faults.Add($"Relationship '{value[..Math.Min(80, value.Length)]}': two identifiers with a type between them are expected");
        }
    }

    private void AddReference(JsonObject owner, string value)
    {
        var parts = value.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries);
        last = new JsonObject();
        foreach (var (member, part) in ((string[])["referenceCategory", "referenceType", "referenceLocator"]).Zip(parts))
        {
            last[member] = part;
        }

        List(owner, "externalRefs").Add((JsonNode)last);
    }

    private void SetLast(string member, string value)
    {
        if (last is not null)
        {
            last[member] = value;
        }
    }

    /// <summary>Annotations stand with what they are of; those of the document and of files at its top.</summary>
    private void Attach()
    {
        var byId = document["packages"]!.AsArray().OfType<JsonObject>()
            .Where(p => p["SPDXID"] is not null)
            .GroupBy(p => p["SPDXID"]!.GetValue<string>(), StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var annotation in annotations)
        {
            var id = annotation["SPDXREF"]?.GetValue<string>();
            annotation.Remove("SPDXREF");
            List(id is not null && byId.TryGetValue(id, out var owner) ? owner : document, "annotations").Add((JsonNode)annotation);
        }
    }

    private static JsonArray List(JsonObject owner, string member)
    {
        if (owner[member] is not JsonArray list)
        {
            owner[member] = list = [];
        }

        return list;
    }
}
