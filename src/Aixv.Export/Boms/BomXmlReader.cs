using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Aixv.Export.Boms;

/// <summary>Reads CycloneDX XML as CycloneDX JSON content, by the table of <see cref="CycloneDxShapes"/>. Elements that the table does not know are passed over.</summary>
internal static class BomXmlReader
{
    /// <summary>Elements nested deeper are passed over.</summary>
    private const int MaximumDepth = 64;

    private const string Space = "http://cyclonedx.org/schema/bom/";

    /// <summary>The version in the namespace of a CycloneDX document; null for another document.</summary>
    public static string? VersionOf(XDocument? document) =>
        document?.Root is { Name: { LocalName: "bom", NamespaceName: var space } } && space.StartsWith(Space, StringComparison.Ordinal) ? space[Space.Length..] : null;

    public static JsonObject Read(XDocument document)
    {
        var bom = Read(document.Root!, CycloneDxShapes.Bom, 0);
        bom["bomFormat"] = "CycloneDX";
        bom["specVersion"] = VersionOf(document);
        return bom;
    }

    private static JsonObject Read(XElement element, BomShape shape, int depth)
    {
        var content = new JsonObject();
        foreach (var field in depth > MaximumDepth ? [] : shape.Fields)
        {
            if (ValueOf(element, field, depth) is { } value)
            {
                content[field.Name] = value;
            }
        }

        return content;
    }

    private static JsonNode? ValueOf(XElement element, BomField field, int depth) => field.Form switch
    {
        BomForm.Attribute => element.Attribute(field.XmlName) is { } attribute ? Scalar(field, attribute.Value) : null,
        BomForm.Content => element.Value,
        BomForm.Element when field.IsList => ItemsOf(element, field.XmlName, field, depth),
        BomForm.Element => Child(element, field.XmlName) is { } child ? ItemOf(child, field, depth) : null,
        BomForm.Wrapped => Child(element, field.XmlName) is { } list ? ItemsOf(list, field.ItemName, field, depth) ?? [] : null,
        BomForm.Choices => Child(element, field.XmlName) is { } list ? new JsonArray([.. list.Elements().Select(e => ChoiceOf(e, field.Of!(), depth)).OfType<JsonNode>()]) : null,
        BomForm.Absent => null,
    };

    private static XElement? Child(XElement element, string name) => element.Element(element.Name.Namespace + name);

    private static JsonArray? ItemsOf(XElement element, string name, BomField field, int depth)
    {
        JsonNode[] items = [.. element.Elements(element.Name.Namespace + name).Select(e => ItemOf(e, field, depth))];
        return items.Length == 0 ? null : new JsonArray(items);
    }

    private static JsonNode ItemOf(XElement element, BomField field, int depth) => field.Value switch
    {
        BomValue.Object => Read(element, field.Of!(), depth + 1),
        BomValue.Reference or BomValue.ReferenceMessage => JsonValue.Create(element.Attribute("ref")?.Value ?? ""),
        _ => Scalar(field, element.Value),
    };

    private static JsonObject? ChoiceOf(XElement element, BomShape shape, int depth)
    {
        if (shape.Fields.FirstOrDefault(f => f.Form == BomForm.Element && f.XmlName == element.Name.LocalName) is not { } field)
        {
            return null;
        }

        if (field.Value == BomValue.Object)
        {
            var content = Read(element, field.Of!(), depth + 1);
            return field.IsInline ? content : new JsonObject { [field.Name] = content };
        }

        var choice = new JsonObject { [field.Name] = element.Value.Trim() };
        foreach (var attribute in shape.Fields.Where(f => f.Form == BomForm.Attribute))
        {
            if (element.Attribute(attribute.XmlName) is { } found)
            {
                choice[attribute.Name] = found.Value;
            }
        }

        return choice;
    }

    private static JsonValue Scalar(BomField field, string text) => field.Value switch
    {
        BomValue.Integer when int.TryParse(text.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        BomValue.Flag when bool.TryParse(text.Trim(), out var flag) => JsonValue.Create(flag),
        BomValue.Word or BomValue.Time => JsonValue.Create(text.Trim()),
        _ => JsonValue.Create(text),
    };
}
