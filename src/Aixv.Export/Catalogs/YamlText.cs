using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Graphs;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Catalogs;

/// <summary>YAML 1.2 out of JSON values: blocks, every text in double quotes, so that none is read as something else.</summary>
internal static class YamlText
{
    public static void Write(TextWriter writer, JsonObject value) => WriteObject(writer, value, 0, first: false);

    private static void WriteObject(TextWriter writer, JsonObject value, int depth, bool first)
    {
        foreach (var (name, member) in value)
        {
            // The first member of a list's item stands on the line of its dash.
            writer.Write(first ? "" : new string(' ', depth));
            first = false;
            writer.Write(IsPlain(name) ? name : Quoted(name));
            writer.Write(':');
            WriteValue(writer, member, depth);
        }
    }

    private static void WriteValue(TextWriter writer, JsonNode? value, int depth)
    {
        switch (value)
        {
            case JsonObject { Count: > 0 } members:
                writer.WriteLine();
                WriteObject(writer, members, depth + 2, first: false);
                break;
            case JsonArray { Count: > 0 } items:
                writer.WriteLine();
                foreach (var item in items)
                {
                    writer.Write(new string(' ', depth + 2));
                    writer.Write('-');
                    WriteItem(writer, item, depth + 2);
                }

                break;
            default:
                writer.Write(' ');
                writer.WriteLine(Scalar(value));
                break;
        }
    }

    private static void WriteItem(TextWriter writer, JsonNode? item, int depth)
    {
        if (item is JsonObject { Count: > 0 } members)
        {
            writer.Write(' ');
            WriteObject(writer, members, depth + 2, first: true);
        }
        else
        {
            WriteValue(writer, item, depth);
        }
    }

    private static string Scalar(JsonNode? value) => value switch
    {
        null => "null",
        JsonObject => "{}",
        JsonArray => "[]",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => Quoted(text.GetValue<string>()),
        // A number that other parsers may not hold is text.
        JsonValue number when number.GetValueKind() == JsonValueKind.Number && SortedJson.Scalar(number).Length > 15 => Quoted(SortedJson.Scalar(number)),
        _ => SortedJson.Scalar(value.AsValue()),
    };

    /// <summary>YAML takes the escapes that PROV-N and Turtle take (YAML 1.2 §5.7).</summary>
    public static string Quoted(string text) => ProvNExporter.Quoted(text);

    private static bool IsPlain(string name)
    {
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || name is "y" or "n" or "yes" or "no" or "on" or "off" or "true" or "false" or "null")
        {
            return false;
        }

        foreach (var unit in name)
        {
            if (!char.IsAsciiLetterOrDigit(unit) && unit is not ('-' or '_' or '.' or '/'))
            {
                return false;
            }
        }

        return true;
    }
}
