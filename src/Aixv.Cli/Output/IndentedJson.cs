using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Output;

/// <summary>JSON for people to read and edit.</summary>
internal static class IndentedJson
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    public static string Print(JsonNode json)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            json.WriteTo(writer);
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    /// <summary>The bytes of a file of it.</summary>
    public static byte[] ToFile(JsonNode json) => Encoding.UTF8.GetBytes(Print(json) + "\n");
}
