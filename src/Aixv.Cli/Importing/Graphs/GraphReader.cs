using System.Text.Json;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>Reads the elements of a dump, one JSON object after the other, as nodes. May remember what came before.</summary>
/// <param name="format">What it reads, as <c>--format</c> names it.</param>
/// <param name="source">Whose graph that is, unless the caller names it.</param>
internal abstract class GraphReader(string format, string source)
{
    public string Format => format;

    public string Source => source;

    /// <summary>The nodes of one element.</summary>
    /// <param name="bytes">The element as it stands in the dump.</param>
    /// <exception cref="FormatException">It is not what the format has; the message says why.</exception>
    public abstract IEnumerable<GraphNode> Read(ReadOnlyMemory<byte> bytes);

    /// <summary>Members of another shape than expected are passed over: a dump is nobody's promise.</summary>
    protected static string? Text(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? TextOf(value) : null;

    /// <summary>A text, or a number or truth value as text; null for all else.</summary>
    protected static string? TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString() is { Length: > 0 } text ? text : null,
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException e)
        {
            throw new FormatException($"a text is none: {e.Message}", e);
        }
    }

    /// <summary>A text, or each text of a list.</summary>
    protected static IEnumerable<string> Texts(JsonElement json, string name)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var value))
        {
            yield break;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            if (value.ValueKind == JsonValueKind.String && TextOf(value) is { } one)
            {
                yield return one;
            }

            yield break;
        }

        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.String && TextOf(item) is { } text)
            {
                yield return text;
            }
        }
    }

    protected static JsonElement Member(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;

    protected static IEnumerable<JsonElement> Items(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    /// <exception cref="FormatException">Not one JSON object.</exception>
    protected static JsonDocument Parse(ReadOnlyMemory<byte> bytes)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new FormatException($"not valid JSON: {e.Message}", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new FormatException("not a JSON object");
    }
}
