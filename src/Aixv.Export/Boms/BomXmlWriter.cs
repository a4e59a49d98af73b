using System.Text.Json.Nodes;
using System.Xml;

namespace Aixv.Export.Boms;

/// <summary>Writes CycloneDX JSON content as CycloneDX XML, by the table of <see cref="CycloneDxShapes"/>.</summary>
internal sealed class BomXmlWriter(XmlWriter writer, string space)
{
    public void Write(string element, JsonObject content, BomShape shape)
    {
        writer.WriteStartElement(element, space);
        WriteMembers(content, shape);
        writer.WriteEndElement();
    }

    private void WriteMembers(JsonObject content, BomShape shape)
    {
        WriteAttributes(content, shape);
        foreach (var field in shape.Fields)
        {
            if (field.Form is not (BomForm.Attribute or BomForm.Absent) && content[field.Name] is { } value)
            {
                WriteMember(field, value);
            }
        }
    }

    private void WriteAttributes(JsonObject content, BomShape shape)
    {
        foreach (var field in shape.Fields)
        {
            if (field.Form == BomForm.Attribute && content[field.Name] is { } value)
            {
                writer.WriteAttributeString(field.XmlName, TextOf(value));
            }
        }
    }

    private void WriteMember(BomField field, JsonNode value)
    {
        if (field.Form == BomForm.Content)
        {
            writer.WriteString(TextOf(value));
        }
        else if (!field.IsList)
        {
            WriteItem(field.XmlName, field, value);
        }
        else if (field.Form == BomForm.Element)
        {
            WriteItems(field.XmlName, field, value.AsArray());
        }
        else if (value.AsArray() is { Count: > 0 } items)
        {
            writer.WriteStartElement(field.XmlName, space);
            WriteItems(field.ItemName, field, items);
            writer.WriteEndElement();
        }
    }

    private void WriteItems(string element, BomField field, JsonArray items)
    {
        foreach (var item in items)
        {
            if (field.Form == BomForm.Choices)
            {
                WriteChoice(item!.AsObject(), field.Of!());
            }
            else
            {
                WriteItem(element, field, item!);
            }
        }
    }

    private void WriteItem(string element, BomField field, JsonNode value)
    {
        if (field.Value == BomValue.Object)
        {
            Write(element, value.AsObject(), field.Of!());
            return;
        }

        writer.WriteStartElement(element, space);
        if (field.Value is BomValue.Reference or BomValue.ReferenceMessage)
        {
            writer.WriteAttributeString("ref", TextOf(value));
        }
        else
        {
            writer.WriteString(TextOf(value));
        }

        writer.WriteEndElement();
    }

    /// <summary>The element of the member that is there; the attributes of the choice stand on it.</summary>
    private void WriteChoice(JsonObject choice, BomShape shape)
    {
        var field = shape.Fields.FirstOrDefault(f => f.Form != BomForm.Attribute && choice.ContainsKey(f.Name)) ?? shape.Fields.First(f => f.IsInline);
        if (field.Value == BomValue.Object)
        {
            Write(field.XmlName, field.IsInline ? choice : choice[field.Name]!.AsObject(), field.Of!());
            return;
        }

        writer.WriteStartElement(field.XmlName, space);
        WriteAttributes(choice, shape);
        writer.WriteString(TextOf(choice[field.Name]!));
        writer.WriteEndElement();
    }

    private static string TextOf(JsonNode value) => Formats.XmlText.Clean(FactText.Of(value));
}
