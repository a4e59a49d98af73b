using System.Globalization;
using System.Text;

namespace Aixv.Protocol.Receipts;

/// <summary>Any text in one line of visible ASCII: the other bytes of its UTF-8, and <c>%</c>, are percent-encoded in upper-case hex.</summary>
internal static class LineText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="ArgumentException">Half a surrogate pair.</exception>
    internal static string Escape(string text)
    {
        var output = new StringBuilder(text.Length);
        foreach (var b in StrictUtf8.GetBytes(text))
        {
            _ = b is > 0x20 and < 0x7f and not (byte)'%' ? output.Append((char)b) : output.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return output.ToString();
    }

    /// <summary>The text, or null when the line has no such form.</summary>
    internal static string? Unescape(string line)
    {
        var bytes = new List<byte>(line.Length);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] != '%')
            {
                bytes.Add((byte)line[i]);
                continue;
            }

            if (i + 2 >= line.Length || !byte.TryParse(line.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            bytes.Add(value);
            i += 2;
        }

        try
        {
            return StrictUtf8.GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
