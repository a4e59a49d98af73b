using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Sigstore.Json;

/// <summary>Base64 as proto3 JSON reads it (standard or URL-safe, padded or not), but without white space or stray bits.</summary>
public static class StrictBase64
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    private static readonly SearchValues<char> Letters = SearchValues.Create(Alphabet);

    /// <summary>Decodes <paramref name="text"/>; one text has one decoding and, up to alphabet and padding, one decoding has one text.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var body = text.TrimEnd('=');
        var padding = text.Length - body.Length;
        if (padding > 0 && (padding > 2 || text.Length % 4 != 0))
        {
            return false;
        }

        if (body.ContainsAnyExcept(Letters) || body.Length % 4 == 1 || HasStrayBits(body))
        {
            return false;
        }

        var standard = new char[(body.Length + 3) / 4 * 4];
        standard.AsSpan().Fill('=');
        body.CopyTo(standard);
        standard.AsSpan(0, body.Length).Replace('-', '+');
        standard.AsSpan(0, body.Length).Replace('_', '/');
        bytes = Convert.FromBase64CharArray(standard, 0, standard.Length);
        return true;
    }

    private static bool HasStrayBits(ReadOnlySpan<char> body)
    {
        var unused = (body.Length % 4) switch { 2 => 0x0f, 3 => 0x03, _ => 0 };
        return unused != 0 && (Value(body[^1]) & unused) != 0;
    }

    private static int Value(char letter) => letter switch
    {
        '-' => 62,
        '_' => 63,
        _ => Alphabet.IndexOf(letter, StringComparison.Ordinal),
    };
}
