using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Timestamps;

/// <summary>A parsed RFC 3161 answer: who says that a hash existed when. Parsing proves nothing.</summary>
public sealed record TimestampToken
{
    internal TimestampToken(TimestampSigner signer, ReadOnlyMemory<byte> content)
    {
        Signer = signer;
        Content = content;
    }

    /// <summary>The hash of the imprint: SHA-256, SHA-384 or SHA-512.</summary>
    public required HashAlgorithmName ImprintAlgorithm { get; init; }

    public required ReadOnlyMemory<byte> Imprint { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>The nonce's INTEGER content, or null without one.</summary>
    public required ReadOnlyMemory<byte>? Nonce { get; init; }

    /// <summary>The TSA's policy, dotted.</summary>
    public required string Policy { get; init; }

    /// <summary>The token's serial number INTEGER content.</summary>
    public required ReadOnlyMemory<byte> Serial { get; init; }

    /// <summary>DER certificates in the token: hints.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Certificates { get; init; }

    internal TimestampSigner Signer { get; }

    /// <summary>The DER TSTInfo, whose digest the signed attributes hold.</summary>
    internal ReadOnlyMemory<byte> Content { get; }

    /// <summary>Reads a DER TimeStampResp (RFC 3161 §2.4.2) with a granted token.</summary>
    /// <exception cref="FormatException">Not such an answer, a refusal by the TSA, or more than one signer.</exception>
    public static TimestampToken Parse(ReadOnlyMemory<byte> response) => TimestampReader.Read(response);
}

/// <summary>The token's one SignerInfo (RFC 5652 §5.3).</summary>
internal sealed record TimestampSigner
{
    /// <summary>DER Name, or null when the signer is named by key id.</summary>
    internal required ReadOnlyMemory<byte>? Issuer { get; init; }

    internal required ReadOnlyMemory<byte> SerialOrKeyId { get; init; }

    internal required HashAlgorithmName Digest { get; init; }

    internal required SignatureScheme Scheme { get; init; }

    internal required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>signedAttrs as they are signed: with the tag SET OF.</summary>
    internal required ReadOnlyMemory<byte> SignedAttributes { get; init; }

    internal required string ContentType { get; init; }

    internal required ReadOnlyMemory<byte> MessageDigest { get; init; }

    /// <summary>The hash of the certificate that ESS signingCertificate(V2) names, and its algorithm.</summary>
    internal required (HashAlgorithmName Algorithm, ReadOnlyMemory<byte> Hash) SigningCertificate { get; init; }
}
