using System.Diagnostics.CodeAnalysis;

namespace Aixv.Sigstore.Json;

/// <summary>Base64 as proto3 JSON reads it (standard or URL-safe, padded or not), but without white space or stray bits.</summary>
/// <remarks>A table and a loop: the platform's decoders take other texts than these, and their vector code is compiled anew at every start of the command line.</remarks>
public static class StrictBase64
{
    private const byte Invalid = 0xff;
    private static readonly byte[] Values = Table();

    private static byte[] Table()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        var values = new byte[128];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = Invalid;
        }

        for (var i = 0; i < Alphabet.Length; i++)
        {
            values[Alphabet[i]] = (byte)i;
        }

        values['-'] = 62;
        values['_'] = 63;
        return values;
    }

    /// <summary>Decodes <paramref name="text"/>; one text has one decoding and, up to alphabet and padding, one decoding has one text.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var length = text.Length;
        while (length > 0 && text[length - 1] == (byte)'=')
        {
            length--;
        }

        var padding = text.Length - length;
        var rest = length % 4;
        if (rest == 1 || (padding > 0 && (padding > 2 || text.Length % 4 != 0)))
        {
            return false;
        }

        var output = new byte[length / 4 * 3 + (rest == 0 ? 0 : rest - 1)];
        if (!TryDecode(text[..length], output))
        {
            return false;
        }

        bytes = output;
        return true;
    }

    private static bool TryDecode(ReadOnlySpan<byte> body, byte[] output)
    {
        var (values, written, bits, count) = (Values, 0, 0, 0);
        foreach (var letter in body)
        {
            var value = letter < values.Length ? values[letter] : Invalid;
            if (value == Invalid)
            {
                return false;
            }

            bits = (bits << 6) | value;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                output[written++] = (byte)(bits >> count);
                bits &= (1 << count) - 1;
            }
        }

        return bits == 0;
    }

    /// <summary>Decodes text that is ASCII or refused; see <see cref="TryDecode(ReadOnlySpan{byte}, out byte[])"/>.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        var ascii = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            ascii[i] = text[i] < 128 ? (byte)text[i] : Invalid;
        }

        return TryDecode(ascii, out bytes);
    }
}
