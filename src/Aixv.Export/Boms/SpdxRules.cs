using System.Buffers;
using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>The MUSTs of SPDX 2.3 over the content of a document, in JSON or tag-value.</summary>
internal sealed class SpdxRules
{
    private const int MaximumFaults = 100;
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-");
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");
    private static readonly string[] CreatorKinds = ["Person: ", "Organization: ", "Tool: "];

    private static readonly FrozenDictionary<string, int> HexLengths = new Dictionary<string, int>
    {
        ["MD5"] = 32, ["SHA1"] = 40, ["SHA224"] = 56, ["SHA256"] = 64, ["SHA384"] = 96, ["SHA512"] = 128, ["SHA3-256"] = 64, ["SHA3-384"] = 96, ["SHA3-512"] = 128,
        ["BLAKE2b-256"] = 64, ["BLAKE2b-384"] = 96, ["BLAKE2b-512"] = 128, ["BLAKE3"] = 0, ["MD2"] = 32, ["MD4"] = 32, ["MD6"] = 0, ["ADLER32"] = 8,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly HashSet<string> ids = new(StringComparer.Ordinal);
    private readonly List<string> faults = [];

    /// <param name="otherIds">Identifiers of elements that are not in the content.</param>
    /// <param name="version">What the document must say that it is.</param>
    public IReadOnlyList<string> Check(JsonObject document, IEnumerable<string> otherIds, string version = "SPDX-2.3")
    {
        CheckHead(document, version);
        foreach (var id in otherIds)
        {
            AddId(id, "$");
        }

        foreach (var list in (string[])["packages", "files", "snippets"])
        {
            ForEach(document, list, "$", (item, path) => AddId(Text(item["SPDXID"]), path));
        }

        ForEach(document, "packages", "$", CheckPackage);
        ForEach(document, "relationships", "$", CheckRelationship);
        ForEach(document, "annotations", "$", CheckAnnotation);
        return faults;
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private void Add(string fault)
    {
        if (faults.Count < MaximumFaults)
        {
            faults.Add(fault);
        }
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            Add(fault);
        }
    }

    private void ForEach(JsonObject owner, string name, string path, Action<JsonObject, string> check)
    {
        if (owner[name] is not { } value)
        {
            return;
        }

        if (value is not JsonArray items)
        {
            Add($"{path}.{name}: a list is expected");
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            var place = $"{path}.{name}[{i.ToString(CultureInfo.InvariantCulture)}]";
            if (items[i] is JsonObject item)
            {
                check(item, place);
            }
            else
            {
                Add($"{place}: an object is expected");
            }
        }
    }

    private void CheckHead(JsonObject document, string version)
    {
        Require(Text(document["spdxVersion"]) == version, $"$.spdxVersion: {version} is expected");
        Require(Text(document["dataLicense"]) == "CC0-1.0", "$.dataLicense: CC0-1.0 is expected");
        Require(Text(document["SPDXID"]) == SpdxContent.Document, "$.SPDXID: SPDXRef-DOCUMENT is expected");
        Require(Text(document["name"]) is { Length: > 0 }, "$.name: it is required");
        ids.Add(SpdxContent.Document);
        var space = Text(document["documentNamespace"]);
        Require(
            space is not null && Uri.TryCreate(space, UriKind.Absolute, out _) && !space.Contains('#', StringComparison.Ordinal),
            "$.documentNamespace: an absolute URI without '#' is expected");
        if (document["creationInfo"] is not JsonObject creation)
        {
            Add("$.creationInfo: it is required");
            return;
        }

        Require(IsTime(Text(creation["created"])), "$.creationInfo.created: YYYY-MM-DDThh:mm:ssZ is expected");
        Require(
            creation["creators"] is JsonArray { Count: > 0 } creators && creators.All(c => Text(c) is { } text && CreatorKinds.Any(kind => text.StartsWith(kind, StringComparison.Ordinal))),
            "$.creationInfo.creators: at least one, each 'Person: ', 'Organization: ' or 'Tool: ' and a name, is expected");
    }

    private void AddId(string? id, string path)
    {
        if (id is null || !id.StartsWith("SPDXRef-", StringComparison.Ordinal) || id.Length == 8 || id.AsSpan(8).ContainsAnyExcept(IdCharacters))
        {
            Add($"{path}.SPDXID: SPDXRef- and letters, digits, '.' or '-' are expected");
        }
        else if (!ids.Add(id))
        {
            Add($"{path}.SPDXID: '{id}' stands twice");
        }
    }

    private void CheckPackage(JsonObject package, string path)
    {
        Require(Text(package["name"]) is { Length: > 0 }, $"{path}.name: it is required");
        Require(Text(package["downloadLocation"]) is { Length: > 0 }, $"{path}.downloadLocation: it is required; NOASSERTION says that it is unknown");
        CheckWord(package, "primaryPackagePurpose", SpdxWords.Purposes, path);
        foreach (var name in (string[])["releaseDate", "builtDate", "validUntilDate"])
        {
            Require(package[name] is not { } date || IsTime(Text(date)), $"{path}.{name}: YYYY-MM-DDThh:mm:ssZ is expected");
        }

        foreach (var name in (string[])["supplier", "originator"])
        {
            Require(
                package[name] is not { } party || (Text(party) is { } text && (text == SpdxText.NoAssertion || CreatorKinds[..2].Any(kind => text.StartsWith(kind, StringComparison.Ordinal)))),
                $"{path}.{name}: 'Person: ' or 'Organization: ' and a name, or NOASSERTION, is expected");
        }

        ForEach(package, "checksums", path, CheckChecksum);
        ForEach(package, "externalRefs", path, CheckReference);
        ForEach(package, "annotations", path, CheckAnnotation);
    }

    private void CheckChecksum(JsonObject checksum, string path)
    {
        if (Text(checksum["algorithm"]) is not { } algorithm || !HexLengths.TryGetValue(algorithm, out var length))
        {
            Add($"{path}.algorithm: it is not one of SPDX");
        }
        else if (Text(checksum["checksumValue"]) is not { Length: > 0 } value || value.AsSpan().ContainsAnyExcept(LowerHex) || (length > 0 && value.Length != length))
        {
            Add($"{path}.checksumValue: lower-case hex of the algorithm's length is expected");
        }
    }

    private void CheckReference(JsonObject reference, string path)
    {
        CheckWord(reference, "referenceCategory", SpdxWords.Categories, path, isRequired: true);
        Require(Text(reference["referenceType"]) is { Length: > 0 }, $"{path}.referenceType: it is required");
        Require(
            Text(reference["referenceLocator"]) is { Length: > 0 } locator && !locator.Any(char.IsWhiteSpace),
            $"{path}.referenceLocator: text without spaces is expected");
    }

    private void CheckAnnotation(JsonObject annotation, string path)
    {
        Require(IsTime(Text(annotation["annotationDate"])), $"{path}.annotationDate: YYYY-MM-DDThh:mm:ssZ is expected");
        CheckWord(annotation, "annotationType", SpdxWords.AnnotationTypes, path, isRequired: true);
        Require(
            Text(annotation["annotator"]) is { } annotator && CreatorKinds.Any(kind => annotator.StartsWith(kind, StringComparison.Ordinal)),
            $"{path}.annotator: 'Person: ', 'Organization: ' or 'Tool: ' and a name is expected");
        Require(annotation["comment"] is not null, $"{path}.comment: it is required");
    }

    private void CheckRelationship(JsonObject relationship, string path)
    {
        CheckWord(relationship, "relationshipType", SpdxWords.Relationships, path, isRequired: true);
        CheckEnd(Text(relationship["spdxElementId"]), $"{path}.spdxElementId", mayBeNone: false);
        CheckEnd(Text(relationship["relatedSpdxElement"]), $"{path}.relatedSpdxElement", mayBeNone: true);
    }

    private void CheckEnd(string? id, string path, bool mayBeNone)
    {
        var isKnown = id is not null
            && (ids.Contains(id) || id.StartsWith("DocumentRef-", StringComparison.Ordinal) || (mayBeNone && id is SpdxText.None or SpdxText.NoAssertion));
        Require(isKnown, id is null ? $"{path}: it is required" : $"{path}: no element has the identifier '{id[..Math.Min(80, id.Length)]}'");
    }

    private void CheckWord(JsonObject owner, string name, FrozenSet<string> words, string path, bool isRequired = false)
    {
        if (owner[name] is null ? isRequired : Text(owner[name]) is not { } word || !words.Contains(word))
        {
            Add($"{path}.{name}: one of the words of SPDX is expected");
        }
    }

    private static bool IsTime(string? text) => DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
