using System.Security.Cryptography;
using Aixv.Sigstore.Cose;

namespace Aixv.Sigstore.Scitt;

/// <summary>What a statement says: its bytes, or the hash of bytes kept elsewhere.</summary>
public sealed class StatementPayload
{
    private readonly string? contentType;
    private readonly HashEnvelope? envelope;

    private StatementPayload(ReadOnlyMemory<byte> bytes, string? contentType, HashEnvelope? envelope)
    {
        Bytes = bytes;
        this.contentType = contentType;
        this.envelope = envelope;
    }

    /// <summary>The payload of the message.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>The statement is in the message.</summary>
    /// <param name="contentType">Its media type.</param>
    public static StatementPayload Embedded(ReadOnlyMemory<byte> statement, string contentType)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        return new(statement, contentType, null);
    }

    /// <summary>The message has the SHA-256 hash of something, in a hash envelope.</summary>
    /// <param name="sha256">32 bytes.</param>
    /// <param name="contentType">The media type of what was hashed, or null when it is not known.</param>
    /// <param name="location">Where it is, or null.</param>
    public static StatementPayload Hashed(ReadOnlyMemory<byte> sha256, string? contentType = null, string? location = null) =>
        sha256.Length == SHA256.HashSizeInBytes
            ? new(sha256, null, new HashEnvelope(HashAlgorithmName.SHA256, contentType, location))
            : throw new ArgumentException($"A SHA-256 hash has 32 bytes, not {sha256.Length}.", nameof(sha256));

    internal CoseHeaders Describe(CoseHeaders headers) =>
        envelope is null ? headers.With(CoseLabels.ContentType, contentType!) : envelope.AddTo(headers);
}
