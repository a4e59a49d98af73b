using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Aixv.Sigstore.Json;

/// <summary>Base64 as proto3 JSON reads it (standard or URL-safe, padded or not), but without white space or stray bits.</summary>
public static class StrictBase64
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    private static readonly SearchValues<byte> Bytes = SearchValues.Create(Encoding.ASCII.GetBytes(Alphabet));

    /// <summary>Decodes text that is ASCII or refused; see <see cref="TryDecode(ReadOnlySpan{char}, out byte[])"/>.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var body = text.TrimEnd((byte)'=');
        if (!IsSound(text.Length, body.Length) || body.ContainsAnyExcept(Bytes) || HasStrayBits(body.Length, body.IsEmpty ? (byte)0 : body[^1]))
        {
            return false;
        }

        bytes = new byte[body.Length / 4 * 3 + (body.Length % 4) switch { 2 => 1, 3 => 2, _ => 0 }];
        return text.Length % 4 == 0 && !body.ContainsAny((byte)'-', (byte)'_')
            ? Decode(text, bytes)
            : Decode(Standard(body), bytes);
    }

    private static bool Decode(ReadOnlySpan<byte> standard, byte[] bytes) =>
        Base64.DecodeFromUtf8(standard, bytes, out _, out var written) == OperationStatus.Done && written == bytes.Length;

    /// <summary>With the standard alphabet, padded.</summary>
    private static byte[] Standard(ReadOnlySpan<byte> body)
    {
        var standard = new byte[(body.Length + 3) / 4 * 4];
        standard.AsSpan().Fill((byte)'=');
        body.CopyTo(standard);
        standard.AsSpan(0, body.Length).Replace((byte)'-', (byte)'+');
        standard.AsSpan(0, body.Length).Replace((byte)'_', (byte)'/');
        return standard;
    }

    /// <summary>Decodes <paramref name="text"/>; one text has one decoding and, up to alphabet and padding, one decoding has one text.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        return Ascii.IsValid(text) && TryDecode(Encoding.ASCII.GetBytes(text.ToArray()), out bytes);
    }

    private static bool IsSound(int length, int bodyLength)
    {
        var padding = length - bodyLength;
        return bodyLength % 4 != 1 && (padding == 0 || (padding <= 2 && length % 4 == 0));
    }

    private static bool HasStrayBits(int bodyLength, byte last)
    {
        var unused = (bodyLength % 4) switch { 2 => 0x0f, 3 => 0x03, _ => 0 };
        return unused != 0 && (Value(last) & unused) != 0;
    }

    private static int Value(byte letter) => letter switch
    {
        (byte)'-' => 62,
        (byte)'_' => 63,
        _ => Alphabet.IndexOf((char)letter, StringComparison.Ordinal),
    };
}
