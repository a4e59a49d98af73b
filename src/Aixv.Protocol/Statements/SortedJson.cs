using System.Globalization;
using System.Text;
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
    /// <exception cref="FormatException">A string holds a lone surrogate, which has no UTF-8 form.</exception>
    public static byte[] Serialize(JsonNode? value)
    {
        using var output = new SortedJsonWriter();
        try
        {
            output.Write(value);
            return output.ToBytes();
        }
        catch (EncoderFallbackException e)
        {
            throw new FormatException("a string holds a lone surrogate, which is not text", e);
        }
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

        // The parser looks into strings only when they are asked for, and then it is too late to say where they came from.
        if (!System.Text.Unicode.Utf8.IsValid(utf8.Span))
        {
            throw new FormatException($"{what}: not UTF-8");
        }

        try
        {
            var options = new JsonDocumentOptions { MaxDepth = MaximumDepth, AllowDuplicateProperties = false };
            var read = JsonNode.Parse(utf8.Span, default, options) as JsonObject
                ?? throw new FormatException($"{what}: a JSON object is expected");
            if (MayHoldSurrogates(utf8.Span))
            {
                Serialize(read);
            }

            return read;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException($"{what}: not valid JSON ({e.Message})", e);
        }
    }

    /// <summary>Whether there is an escape of half a surrogate pair: then every string is read to see that it has the other half.</summary>
    private static bool MayHoldSurrogates(ReadOnlySpan<byte> utf8)
    {
        for (var at = utf8.IndexOf("\\u"u8); at >= 0; at = utf8.IndexOf("\\u"u8))
        {
            utf8 = utf8[(at + 2)..];
            if (utf8 is [(byte)'d' or (byte)'D', _, ..])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A number or boolean as JSON; a number that was read stands as it was written.</summary>
    /// <remarks>Not <c>ToJsonString()</c>, which sets up serialization by reflection for it.</remarks>
    public static string Scalar(JsonValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value.GetValueKind() switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            _ when value.TryGetValue<JsonElement>(out var element) => element.GetRawText(),
            _ when value.TryGetValue<long>(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ when value.TryGetValue<int>(out var number) => number.ToString(CultureInfo.InvariantCulture),
            _ => value.ToJsonString(),
        };
    }

    /// <summary>The members' names in order.</summary>
    public static string[] Names(JsonObject members, IComparer<string> order)
    {
        ArgumentNullException.ThrowIfNull(members);
        var names = new string[members.Count];
        ((IDictionary<string, JsonNode?>)members).Keys.CopyTo(names, 0);
        Array.Sort(names, order);
        return names;
    }
}
