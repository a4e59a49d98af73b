using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Aixv.Sigstore.Artifacts;

/// <summary>A SHA-256 content digest, written <c>sha256:</c> and 64 lower-case hex digits.</summary>
/// <remarks>
/// A class, so no default value exists that is not a digest. Input may have upper-case digits, space around it,
/// or no prefix (AIXV protocol §2); output is always canonical.
/// </remarks>
public sealed record Digest : IParsable<Digest>
{
    private const string Prefix = "sha256:";
    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    private Digest(string hex) => Hex = hex;

    /// <summary>64 lower-case hex digits.</summary>
    public string Hex { get; }

    /// <summary>The 32 bytes.</summary>
    public byte[] ToBytes() => Convert.FromHexString(Hex);

    public override string ToString() => Prefix + Hex;

    /// <summary>The digest whose value is <paramref name="sha256"/>, 32 bytes.</summary>
    public static Digest FromBytes(ReadOnlySpan<byte> sha256) => sha256.Length == SHA256.HashSizeInBytes
        ? new Digest(Convert.ToHexStringLower(sha256))
        : throw new ArgumentException($"A SHA-256 digest has 32 bytes, not {sha256.Length}.", nameof(sha256));

    /// <summary>The digest of <paramref name="content"/>.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromBytes(SHA256.HashData(content));

    /// <exception cref="FormatException">Not a SHA-256 digest.</exception>
    public static Digest Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var digest) ? digest : throw new FormatException($"invalid sha256 digest: {s}");

    public static bool TryParse([NotNullWhen(true)] string? s, [NotNullWhen(true)] out Digest? result) => TryParse(s, null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out Digest? result)
    {
        var text = s?.Trim().ToLowerInvariant() ?? "";
        var hex = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var valid = hex.Length == 64 && !hex.AsSpan().ContainsAnyExcept(LowerHex);
        result = valid ? new Digest(hex) : null;
        return valid;
    }
}
