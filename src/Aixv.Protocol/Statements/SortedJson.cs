using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Statements;

/// <summary>The JSON that AIXV signs and stores: members sorted by code point, no spaces, UTF-8; numbers stand as they were written.</summary>
/// <remarks>
/// Not RFC 8785, on purpose: its numbers are doubles, and a 64-bit seed among the hyperparameters would come out as another number.
/// </remarks>
public static class SortedJson
{
    private const int MaximumDepth = 64;

    /// <summary>The UTF-8 bytes of <paramref name="value"/>.</summary>
    public static byte[] Serialize(JsonNode? value)
    {
        var output = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = MaximumDepth + 8 }))
        {
            Write(writer, value);
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads one object; double members, comments, trailing commas and deep nesting are refused.</summary>
    /// <param name="utf8">The text, at most <paramref name="maximumBytes"/> long.</param>
    /// <param name="what">What the text is, for the message.</param>
    /// <param name="maximumBytes">The size that is refused unread.</param>
    /// <exception cref="FormatException">Not such a text.</exception>
    public static JsonObject ParseObject(ReadOnlyMemory<byte> utf8, string what, int maximumBytes)
    {
        if (utf8.Length > maximumBytes)
        {
            throw new FormatException($"{what}: {utf8.Length} bytes, at most {maximumBytes} are read");
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
            return JsonNode.Parse(utf8.Span, default, options) as JsonObject
                ?? throw new FormatException($"{what}: a JSON object is expected");
        }
        catch (JsonException e)
        {
            throw new FormatException($"{what}: not valid JSON ({e.Message})", e);
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, member) in members.OrderBy(m => m.Key, ByCodePoint))
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
            case JsonValue text when text.GetValueKind() == JsonValueKind.String:
                WriteText(writer, text.GetValue<string>());
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteRawValue(value.ToJsonString(), skipInputValidation: false);
                break;
        }
    }

    /// <summary>A lone surrogate has no UTF-8 form, so nothing that holds one can be signed.</summary>
    private static void WriteText(Utf8JsonWriter writer, string text)
    {
        try
        {
            writer.WriteStringValue(text);
        }
        catch (ArgumentException e)
        {
            throw new FormatException("a string holds a lone surrogate, which is not text", e);
        }
    }

    private static readonly Comparer<string> ByCodePoint = Comparer<string>.Create(
        static (a, b) => Encoding.UTF8.GetBytes(a).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(b)));
}
