using System.Text.Json;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>Tells the shape of a dump by its beginning.</summary>
internal static class DumpShapes
{
    /// <param name="head">The beginning; all of it, where it is short.</param>
    public static DumpShape Of(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n\uFEFF"u8);
        if (text is [(byte)'[', ..])
        {
            return DumpShape.Array;
        }

        if (text is not [(byte)'{', ..])
        {
            // XML, tag-value and binary forms; a dump whose first line is damaged goes on with an object.
            return HasObjectLine(text) ? DumpShape.Lines : DumpShape.Document;
        }

        var end = text.IndexOf((byte)'\n');
        var first = end < 0 ? text : text[..end];
        return end < 0 || text[end..].TrimStart(" \t\r\n"u8).IsEmpty ? DumpShape.Document : IsObject(first) || HasObjectLine(text[end..]) ? DumpShape.Lines : DumpShape.Document;
    }

    private static bool HasObjectLine(ReadOnlySpan<byte> text)
    {
        foreach (var range in text.Split((byte)'\n'))
        {
            // Not an indented one: that is a part of a document.
            if (text[range] is [(byte)'{', ..] line && IsObject(line))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsObject(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line.TrimEnd("\r"u8));
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
