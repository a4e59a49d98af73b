using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Export.Boms;

/// <summary>The MUSTs of CycloneDX 1.6 and 1.7 over the content of a document, whatever it was written in.</summary>
/// <param name="references">Every bom-ref of the document; null where not all of them are known, so that nothing can be said of links.</param>
internal sealed class CycloneDxRules(IReadOnlyCollection<string>? references)
{
    private const int MaximumFaults = 100;
    private const string BomLink = "urn:cdx:";
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");
    private static readonly HashSet<int> HashLengths = [32, 40, 64, 96, 128];
    private readonly HashSet<string> known = new(references ?? [], StringComparer.Ordinal);
    private readonly List<string> faults = [];

    /// <summary>The faults of a document of <paramref name="version"/>.</summary>
    public IReadOnlyList<string> Check(JsonObject bom, string version)
    {
        CheckHead(bom, version);
        CheckUnique();
        CheckObject(bom, CycloneDxShapes.Bom, "$");
        CheckLicences(bom, "$", version);
        CheckCitations(bom);
        return faults;
    }

    /// <summary>Every bom-ref of a JSON document.</summary>
    public static IReadOnlyCollection<string> ReferencesOf(JsonNode? document)
    {
        var found = new List<string>();
        var open = new Stack<JsonNode?>([document]);
        while (open.TryPop(out var node))
        {
            foreach (var child in node switch
            {
                JsonObject members => members.Select(m => m.Value),
                JsonArray items => items,
                _ => [],
            })
            {
                if (child is JsonObject or JsonArray)
                {
                    open.Push(child);
                }
            }

            if ((node as JsonObject)?["bom-ref"] is JsonValue value && value.TryGetValue<string>(out var reference))
            {
                found.Add(reference);
            }
        }

        return found;
    }

    /// <summary>Whether a link names a bom-ref of the document or an element of another one.</summary>
    public bool Resolves(string link) => references is null || known.Contains(link) || link.StartsWith(BomLink, StringComparison.Ordinal);

    private void Add(string fault)
    {
        if (faults.Count < MaximumFaults)
        {
            faults.Add(fault);
        }
    }

    private void CheckHead(JsonObject bom, string version)
    {
        if (Text(bom["bomFormat"]) != "CycloneDX")
        {
            Add("$.bomFormat: CycloneDX is expected");
        }

        if (Text(bom["specVersion"]) != version)
        {
            Add($"$.specVersion: {version} is expected");
        }

        if (bom["serialNumber"] is { } serial && !IsSerial(Text(serial)))
        {
            Add("$.serialNumber: urn:uuid: and a UUID in lower case is expected");
        }

        if (bom["version"] is { } number && (number.GetValueKind() != JsonValueKind.Number || !int.TryParse(number.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1))
        {
            Add("$.version: a whole number from 1 is expected");
        }
    }

    private static bool IsSerial(string? text) =>
        text is not null
        && text.StartsWith("urn:uuid:", StringComparison.Ordinal)
        && Guid.TryParseExact(text["urn:uuid:".Length..], "D", out _)
        && !text.AsSpan().ContainsAnyInRange('A', 'F');

    private void CheckUnique()
    {
        foreach (var twice in (references ?? []).GroupBy(r => r, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add($"bom-ref '{Short(twice.Key)}': it stands {twice.Count()} times, and must be unique");
        }

        if (known.Contains(""))
        {
            Add("bom-ref: it must not be empty");
        }
    }

    private void CheckObject(JsonObject content, BomShape shape, string path)
    {
        foreach (var field in shape.Fields)
        {
            var place = $"{path}.{field.Name}";
            if (field.IsInline)
            {
                if (shape.Fields.All(f => f.IsInline || !content.ContainsKey(f.Name)))
                {
                    CheckObject(content, field.Of!(), path);
                }
            }
            else if (!content.TryGetPropertyValue(field.Name, out var value))
            {
                if (field.IsRequired)
                {
                    Add($"{place}: it is required");
                }
            }
            else if (!(field.MayBeList && value is JsonArray))
            {
                CheckMember(field, value, place);
            }
        }

        if (shape == CycloneDxShapes.Component && content["modelCard"] is not null && Text(content["type"]) != "machine-learning-model")
        {
            Add($"{path}.modelCard: only a component of the type machine-learning-model has a model card");
        }
    }

    private void CheckMember(BomField field, JsonNode? value, string path)
    {
        if (!field.IsList)
        {
            CheckItem(field, value, path);
            return;
        }

        if (value is not JsonArray items)
        {
            Add($"{path}: a list is expected");
            return;
        }

        for (var i = 0; i < items.Count; i++)
        {
            CheckItem(field, items[i], $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]");
        }

        if (field.Value == BomValue.ReferenceMessage && items.Select(Text).GroupBy(t => t).Any(g => g.Key is not null && g.Count() > 1))
        {
            Add($"{path}: its items must be unique");
        }
    }

    private void CheckItem(BomField field, JsonNode? value, string path)
    {
        switch (field.Value)
        {
            case BomValue.Object when value is JsonObject content:
                CheckObject(content, field.Of!(), path);
                break;
            case BomValue.Object:
                Add($"{path}: an object is expected");
                break;
            case BomValue.Word when Text(value) is not { } word || !field.Words.ContainsKey(word):
                Add($"{path}: '{Short(Text(value) ?? "")}' is not one of {string.Join(", ", field.Words.Keys.Order(StringComparer.Ordinal).Take(20))}{(field.Words.Count > 20 ? ", …" : "")}");
                break;
            case BomValue.Time when !IsTime(Text(value)):
                Add($"{path}: a date and time is expected");
                break;
            case BomValue.Reference or BomValue.ReferenceMessage:
                CheckLink(value, path);
                break;
            case BomValue.Text when Text(value) is null:
                Add($"{path}: text is expected");
                break;
            case BomValue.Text when field.IsLink:
                CheckLink(value, path);
                break;
            case BomValue.Text when field.Name == "content" && field.Of is null && path.Contains(".hashes[", StringComparison.Ordinal) && !IsHash(Text(value)!):
                Add($"{path}: hexadecimal digits of a digest are expected");
                break;
            default:
                break;
        }
    }

    private void CheckLink(JsonNode? value, string path)
    {
        if (Text(value) is not { Length: > 0 } link)
        {
            Add($"{path}: a bom-ref is expected");
        }
        else if (!Resolves(link))
        {
            Add($"{path}: no element has the bom-ref '{Short(link)}'");
        }
    }

    /// <summary>A licence by id or by name, or an expression; in 1.6 an expression stands alone.</summary>
    private void CheckLicences(JsonNode node, string path, string version)
    {
        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                CheckLicences(list[i] ?? JsonValue.Create(""), $"{path}[{i.ToString(CultureInfo.InvariantCulture)}]", version);
            }
        }
        else if (node is JsonObject members)
        {
            if (members["licenses"] is JsonArray licences)
            {
                CheckChoices(licences, $"{path}.licenses", version);
            }

            foreach (var (name, value) in members)
            {
                if (name != "licenses" && value is JsonObject or JsonArray)
                {
                    CheckLicences(value, $"{path}.{name}", version);
                }
            }
        }
    }

    private void CheckChoices(JsonArray licences, string path, string version)
    {
        var choices = licences.OfType<JsonObject>().ToList();
        if (choices.Any(c => c.ContainsKey("license") == c.ContainsKey("expression")))
        {
            Add($"{path}: each item is either a license or an expression");
        }

        if (choices.Select(c => c["license"]).OfType<JsonObject>().Any(l => l.ContainsKey("id") == l.ContainsKey("name")))
        {
            Add($"{path}: a license has either an id or a name");
        }

        if (version == "1.6" && choices.Count > 1 && choices.Any(c => c.ContainsKey("expression")))
        {
            Add($"{path}: an expression stands alone");
        }
    }

    private void CheckCitations(JsonObject bom)
    {
        foreach (var citation in (bom["citations"] as JsonArray ?? []).OfType<JsonObject>())
        {
            if (citation.ContainsKey("pointers") == citation.ContainsKey("expressions"))
            {
                Add("$.citations: a citation has either pointers or expressions");
            }

            if (!citation.ContainsKey("attributedTo") && !citation.ContainsKey("process"))
            {
                Add("$.citations: a citation says to whom or to which process it is attributed");
            }
        }
    }

    private static bool IsHash(string text) => HashLengths.Contains(text.Trim().Length) && !text.AsSpan().Trim().ContainsAnyExcept(Hex);

    /// <summary>RFC 3339, or the XML schema's form without an offset.</summary>
    private static bool IsTime(string? text) =>
        text is [>= '0' and <= '9', ..] && text.Contains('T', StringComparison.OrdinalIgnoreCase)
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _);

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string Short(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
