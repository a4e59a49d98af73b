using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Sigstore.Json;

/// <summary>The JSON Canonicalization Scheme (RFC 8785): members sorted by UTF-16 code units, no spaces, shortest escapes.</summary>
public static class CanonicalJson
{
    /// <summary>The canonical UTF-8 bytes of <paramref name="value"/>.</summary>
    /// <exception cref="FormatException">A number that no IEEE 754 double holds exactly as written, or a lone surrogate.</exception>
    public static byte[] Serialize(JsonNode? value) => Serialize(JsonSerializer.SerializeToElement(value, JsonNodeContext.Default.JsonNode!));

    /// <summary>The canonical UTF-8 bytes of <paramref name="value"/>.</summary>
    public static byte[] Serialize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(value, output);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output);
                break;
            case JsonValueKind.Array:
                WriteArray(value, output);
                break;
            case JsonValueKind.String:
                WriteString(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(Number(value)));
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null or JsonValueKind.Undefined:
                output.Write("null"u8);
                break;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output)
    {
        output.Write("{"u8);
        var first = true;
        foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            output.Write(first ? [] : ","u8);
            first = false;
            WriteString(member.Name, output);
            output.Write(":"u8);
            Write(member.Value, output);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(JsonElement value, ArrayBufferWriter<byte> output)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            output.Write(first ? [] : ","u8);
            first = false;
            Write(item, output);
        }

        output.Write("]"u8);
    }

    private static void WriteString(string text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar && !text.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new FormatException("canonical JSON: a lone surrogate is not text");
            }

            WriteRune(rune, output);
        }

        output.Write("\""u8);
    }

    private static void WriteRune(Rune rune, ArrayBufferWriter<byte> output)
    {
        var escape = rune.Value switch
        {
            '"' => "\\\"",
            '\\' => "\\\\",
            '\b' => "\\b",
            '\t' => "\\t",
            '\n' => "\\n",
            '\f' => "\\f",
            '\r' => "\\r",
            < 0x20 => $"\\u{rune.Value:x4}",
            _ => null,
        };
        if (escape is not null)
        {
            output.Write(Encoding.ASCII.GetBytes(escape));
            return;
        }

        var span = output.GetSpan(4);
        output.Advance(rune.EncodeToUtf8(span));
    }

    /// <summary>RFC 8785 §3.2.2.3: ECMAScript's Number.prototype.toString.</summary>
    private static string Number(JsonElement value)
    {
        var number = value.GetDouble();
        if (!double.IsFinite(number))
        {
            throw new FormatException($"canonical JSON: {value.GetRawText()} is outside the range of numbers");
        }

        if (number == 0)
        {
            return "0";
        }

        var (digits, exponent) = ShortestDigits(Math.Abs(number));
        var sign = number < 0 ? "-" : "";
        var point = digits.Length + exponent;
        var text = point switch
        {
            > 0 and <= 21 when exponent >= 0 => digits + new string('0', exponent),
            > 0 and <= 21 => $"{digits[..point]}.{digits[point..]}",
            > -6 and <= 0 => $"0.{new string('0', -point)}{digits}",
            _ => $"{digits[0]}{(digits.Length > 1 ? $".{digits[1..]}" : "")}e{(point > 0 ? "+" : "-")}{Math.Abs(point - 1).ToString(CultureInfo.InvariantCulture)}",
        };
        return sign + text;
    }

    /// <summary>The shortest digits that read back as <paramref name="number"/>, so that number = digits × 10^exponent.</summary>
    private static (string Digits, int Exponent) ShortestDigits(double number)
    {
        var parts = number.ToString("E16", CultureInfo.InvariantCulture);
        for (var precision = 0; precision < 17; precision++)
        {
            parts = number.ToString($"E{precision}", CultureInfo.InvariantCulture);
            if (double.Parse(parts, CultureInfo.InvariantCulture) == number)
            {
                break;
            }
        }

        var e = parts.IndexOf('E', StringComparison.Ordinal);
        var digits = parts[..e].Replace(".", "", StringComparison.Ordinal).TrimEnd('0');
        var exponent = int.Parse(parts[(e + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return (digits, exponent - (digits.Length - 1));
    }
}
