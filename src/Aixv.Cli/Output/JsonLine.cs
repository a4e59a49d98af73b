using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Cli.Output;

/// <summary>
/// JSON as the CLI prints it: one line, members sorted, <c>", "</c> and <c>": "</c> between, everything outside ASCII escaped.
/// </summary>
/// <remarks>The form that client scripts of the Python package were written for (aixv-protocol §5).</remarks>
internal static class JsonLine
{
    public static void Write(TextWriter writer, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                WriteObject(writer, members);
                break;
            case JsonArray items:
                WriteArray(writer, items);
                break;
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                WriteString(writer, text.GetValue<string>());
                break;
            case null:
                writer.Write("null");
                break;
            default:
                writer.Write(SortedJson.Scalar(value.AsValue()));
                break;
        }
    }

    private static void WriteObject(TextWriter writer, JsonObject members)
    {
        writer.Write('{');
        var separator = "";
        foreach (var name in SortedJson.Names(members, StringComparer.Ordinal))
        {
            writer.Write(separator);
            separator = ", ";
            WriteString(writer, name);
            writer.Write(": ");
            Write(writer, members[name]);
        }

        writer.Write('}');
    }

    private static void WriteArray(TextWriter writer, JsonArray items)
    {
        writer.Write('[');
        var separator = "";
        foreach (var item in items)
        {
            writer.Write(separator);
            separator = ", ";
            Write(writer, item);
        }

        writer.Write(']');
    }

    private static void WriteString(TextWriter writer, string text)
    {
        writer.Write('"');
        foreach (var unit in text)
        {
            switch (unit)
            {
                case '"':
                    writer.Write("\\\"");
                    break;
                case '\\':
                    writer.Write("\\\\");
                    break;
                case '\n':
                    writer.Write("\\n");
                    break;
                case '\r':
                    writer.Write("\\r");
                    break;
                case '\t':
                    writer.Write("\\t");
                    break;
                case < ' ' or > '~':
                    writer.Write("\\u");
                    writer.Write(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    writer.Write(unit);
                    break;
            }
        }

        writer.Write('"');
    }
}
