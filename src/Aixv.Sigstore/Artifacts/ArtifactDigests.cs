using System.Security.Cryptography;

namespace Aixv.Sigstore.Artifacts;

/// <summary>What a verifier knows of an artifact: its SHA-256 digest, and other digests or the bytes where they were at hand.</summary>
/// <param name="Sha256">The artifact's identity.</param>
public sealed record ArtifactDigests(Digest Sha256)
{
    /// <summary>48 bytes, or null when not computed.</summary>
    public ReadOnlyMemory<byte>? Sha384 { get; init; }

    /// <summary>64 bytes, or null when not computed.</summary>
    public ReadOnlyMemory<byte>? Sha512 { get; init; }

    /// <summary>The artifact itself, needed only for pure Ed25519 signatures; null when not at hand.</summary>
    public ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>All digests of bytes in memory.</summary>
    public static ArtifactDigests Of(ReadOnlyMemory<byte> content) => new(Digest.Of(content.Span))
    {
        Sha384 = SHA384.HashData(content.Span),
        Sha512 = SHA512.HashData(content.Span),
        Content = content,
    };

    /// <summary>The digest by <paramref name="algorithm"/>, or null when it is not known.</summary>
    public ReadOnlyMemory<byte>? Find(HashAlgorithmName algorithm) =>
        algorithm == HashAlgorithmName.SHA256 ? Sha256.ToBytes()
        : algorithm == HashAlgorithmName.SHA384 ? Sha384
        : algorithm == HashAlgorithmName.SHA512 ? Sha512
        : null;
}
