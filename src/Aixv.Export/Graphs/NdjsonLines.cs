using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Export.Graphs;

/// <summary>Reads newline-delimited JSON.</summary>
internal static class NdjsonLines
{
    /// <summary>The lines that are not empty, with their numbers; null for what is no JSON.</summary>
    public static IEnumerable<(int Line, JsonNode? Value)> Read(string text)
    {
        var number = 0;
        using var reader = new StringReader(text);
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line.Length > 0)
            {
                yield return (number, Parse(line));
            }
        }
    }

    private static JsonNode? Parse(string line)
    {
        try
        {
            return JsonNode.Parse(line, null, new JsonDocumentOptions { AllowDuplicateProperties = false });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
