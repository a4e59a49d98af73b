using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>The length and hashes that signed metadata gives for a file.</summary>
internal sealed record FileInformation(long? Length, byte[]? Sha256, byte[]? Sha512)
{
    /// <param name="required">Targets must have both; metadata files may leave either out (TUF §4.4).</param>
    internal static FileInformation Parse(JsonElement json, bool required, string what)
    {
        var length = required ? TufJson.Integer(json, "length", 0, what) : TufJson.OptionalInteger(json, "length", 0, what);
        if (!required && !json.TryGetProperty("hashes", out _))
        {
            return new(length, null, null);
        }

        var hashes = TufJson.Object(json, "hashes", what);
        var sha256 = Hash(hashes, "sha256", SHA256.HashSizeInBytes, what);
        var sha512 = Hash(hashes, "sha512", SHA512.HashSizeInBytes, what);
        return sha256 is null && sha512 is null
            ? throw TufJson.Malformed($"{what}: 'hashes' has neither sha256 nor sha512")
            : new(length, sha256, sha512);
    }

    private static byte[]? Hash(JsonElement hashes, string algorithm, int size, string what)
    {
        if (!hashes.TryGetProperty(algorithm, out _))
        {
            return null;
        }

        var text = TufJson.Text(hashes, algorithm, what);
        var hash = new byte[size];
        return text.Length == 2 * size && Convert.FromHexString(text, hash, out _, out _) == OperationStatus.Done
            ? hash
            : throw TufJson.Malformed($"{what}: {algorithm} is not {2 * size} hex digits");
    }

    internal bool Matches(ReadOnlySpan<byte> content) => (Length is not { } length || content.Length == length) && HashesMatch(content);

    internal void Verify(ReadOnlySpan<byte> content, string what)
    {
        if (Length is { } length && content.Length != length)
        {
            throw new TufException(TufRefusal.LengthMismatch, $"{what}: has {content.Length} bytes, its metadata says {length}");
        }

        if (!HashesMatch(content))
        {
            throw new TufException(TufRefusal.HashMismatch, $"{what}: its hash is not the one its metadata gives");
        }
    }

    private bool HashesMatch(ReadOnlySpan<byte> content) =>
        (Sha256 is null || SHA256.HashData(content).AsSpan().SequenceEqual(Sha256))
        && (Sha512 is null || SHA512.HashData(content).AsSpan().SequenceEqual(Sha512));

    /// <summary>The lower-case hex in front of a target's name in a consistent snapshot (TUF §6.2).</summary>
    internal string Prefix => Convert.ToHexStringLower(Sha256 ?? Sha512!);
}
