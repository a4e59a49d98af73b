using System.Security.Cryptography;
using System.Text.Json;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Sigstore.Dsse;

/// <summary>A subject of a statement, with those of its digests that are used here; lower-case hex or null.</summary>
public sealed record InTotoSubject(string Name, string? Sha256, string? Sha384, string? Sha512)
{
    internal bool IsFor(ArtifactDigests artifact) =>
        Sha256 == artifact.Sha256.Hex || Matches(Sha384, artifact.Sha384) || Matches(Sha512, artifact.Sha512);

    private static bool Matches(string? hex, ReadOnlyMemory<byte>? digest) => hex is not null && digest is { } known && hex == Convert.ToHexStringLower(known.Span);

    internal IEnumerable<HashAlgorithmName> Hashes() =>
        [.. Sha384 is null ? (HashAlgorithmName[])[] : [HashAlgorithmName.SHA384], .. Sha512 is null ? (HashAlgorithmName[])[] : [HashAlgorithmName.SHA512]];

    internal static InTotoSubject Read(JsonElement json, int index)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("digest", out var digests) || digests.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"statement: $.subject[{index}].digest: expected an object of digests");
        }

        var name = json.TryGetProperty("name", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
        return new InTotoSubject(name, Hex(digests, "sha256", 64), Hex(digests, "sha384", 96), Hex(digests, "sha512", 128));
    }

    private static string? Hex(JsonElement digests, string algorithm, int length)
    {
        if (!digests.TryGetProperty(algorithm, out var value))
        {
            return null;
        }

        var hex = value.ValueKind == JsonValueKind.String ? value.GetString()!.ToLowerInvariant() : "";
        return hex.Length == length && hex.All(char.IsAsciiHexDigit) ? hex : throw new FormatException($"statement: a {algorithm} digest has {length} hex digits");
    }
}
