using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace Aixv.Track.Keys;

/// <summary>An API key as text: <c>aixv_</c>, 52 characters of 256 random bits, and 7 of a CRC-32C over what stands before, so that a typo is seen.</summary>
/// <remarks>The alphabet is Crockford's base 32 in lower case.</remarks>
internal static class KeyText
{
    public const string Prefix = "aixv_";

    /// <summary>How much of a key is shown in lists: the prefix and 40 of its 256 bits.</summary>
    public const int ShownLength = 13;

    private const int SecretBytes = 32;
    private const int SecretLength = 52;
    private const int ChecksumLength = 7;
    private const string Digits = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary>A fresh key. Secret.</summary>
    public static string Generate()
    {
        var text = Prefix + Encode(RandomNumberGenerator.GetBytes(SecretBytes), SecretLength);
        return text + Checksum(text);
    }

    /// <summary>Whether a text has the form of a key, with the right checksum.</summary>
    public static bool IsValid([NotNullWhen(true)] string? text)
    {
        const int Length = 5 + SecretLength + ChecksumLength;
        return text is { Length: Length } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && Checksum(text[..^ChecksumLength]) == text[^ChecksumLength..];
    }

    /// <summary>The SHA-256 of a key: what is stored.</summary>
    public static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static string Checksum(string text)
    {
        var crc = uint.MaxValue;
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, ~crc);
        return Encode(bytes, ChecksumLength);
    }

    /// <summary>The bits in groups of five, the last one filled with zeros.</summary>
    private static string Encode(ReadOnlySpan<byte> bytes, int length)
    {
        var text = new StringBuilder(length);
        for (var bit = 0; text.Length < length; bit += 5)
        {
            var window = (bytes[bit / 8] << 8) | (bit / 8 + 1 < bytes.Length ? bytes[bit / 8 + 1] : 0);
            text.Append(Digits[(window >> (11 - bit % 8)) & 31]);
        }

        return text.ToString();
    }
}
