using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Formats;

/// <summary>Writes JSON nodes without reflection. Numbers that were read stand as they were written; a lone surrogate becomes U+FFFD.</summary>
internal static class JsonText
{
    public static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }

                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValue scalar when scalar.GetValueKind() == JsonValueKind.String:
                writer.WriteStringValue(scalar.GetValue<string>());
                break;
            default:
                WriteScalar(writer, SortedJson.Scalar(value.AsValue()));
                break;
        }
    }

    /// <summary>A value that is written raw gets no line of its own in a list, so only what has no other exact form is.</summary>
    private static void WriteScalar(Utf8JsonWriter writer, string text)
    {
        if (text is "true" or "false")
        {
            writer.WriteBooleanValue(text == "true");
        }
        else if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) && whole.ToString(CultureInfo.InvariantCulture) == text)
        {
            writer.WriteNumberValue(whole);
        }
        else if (decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var exact)
            && exact.ToString(CultureInfo.InvariantCulture) == text)
        {
            writer.WriteNumberValue(exact);
        }
        else
        {
            writer.WriteRawValue(text);
        }
    }
}
