using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>OLPC canonical JSON, the form in which TUF metadata is signed (TUF §4.2; RFC 8785 is another form).</summary>
/// <remarks>
/// No white space; members sorted by the code points of their names; in strings only <c>"</c> and <c>\</c> are escaped, and everything
/// else, control characters too, stands as UTF-8; numbers are integers.
/// </remarks>
public static class OlpcJson
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="FormatException">A number that is not an integer, or a string that is not Unicode.</exception>
    public static byte[] Encode(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        try
        {
            Write(output, value);
        }
        catch (Exception e) when (e is InvalidOperationException or EncoderFallbackException)
        {
            throw new FormatException("canonical JSON: a string is not valid Unicode", e);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, StrictUtf8.GetBytes(value.GetString()!));
                break;
            case JsonValueKind.Number:
                WriteInteger(output, value.GetRawText());
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            case JsonValueKind.Null:
                output.Write("null"u8);
                break;
            case JsonValueKind.Undefined:
            default:
                throw new ArgumentException("not a JSON value", nameof(value));
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        var members = value.EnumerateObject().Select(m => (Name: StrictUtf8.GetBytes(m.Name), m.Value)).ToArray();

        // The order of UTF-8 bytes is the order of code points.
        Array.Sort(members, static (a, b) => a.Name.AsSpan().SequenceCompareTo(b.Name));
        output.Write("{"u8);
        for (var i = 0; i < members.Length; i++)
        {
            if (i > 0)
            {
                output.Write(","u8);
            }

            WriteString(output, members[i].Name);
            output.Write(":"u8);
            Write(output, members[i].Value);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private static void WriteString(ArrayBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        int special;
        while ((special = utf8.IndexOfAny((byte)'"', (byte)'\\')) >= 0)
        {
            output.Write(utf8[..special]);
            output.Write("\\"u8);
            output.Write(utf8.Slice(special, 1));
            utf8 = utf8[(special + 1)..];
        }

        output.Write(utf8);
        output.Write("\""u8);
    }

    private static void WriteInteger(ArrayBufferWriter<byte> output, string number)
    {
        if (number.AsSpan(number[0] == '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9'))
        {
            throw new FormatException($"canonical JSON: {number} is not an integer");
        }

        output.Write(number == "-0" ? "0"u8 : Encoding.ASCII.GetBytes(number));
    }
}
