using System.Collections.Immutable;
using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Certificates;

/// <summary>A parsed X.509 certificate (RFC 5280 §4.1). Parsing proves nothing; <c>CertificatePath</c> does.</summary>
/// <remarks>Read by hand because the platform's class costs a tenth of a verification to load and differs between systems.</remarks>
public sealed class Certificate
{
    private readonly Lazy<PublicKey> publicKey;

    internal Certificate(ReadOnlyMemory<byte> raw, ReadOnlyMemory<byte> spki)
    {
        Raw = raw;
        Spki = spki;
        publicKey = new Lazy<PublicKey>(() => PublicKey.FromSpki(spki));
    }

    /// <summary>The DER certificate.</summary>
    public ReadOnlyMemory<byte> Raw { get; }

    /// <summary>The signed part, DER TBSCertificate.</summary>
    public required ReadOnlyMemory<byte> Tbs { get; init; }

    /// <summary>The content of the TBS' serialNumber INTEGER, big endian.</summary>
    public required ReadOnlyMemory<byte> Serial { get; init; }

    /// <summary>The issuer's DER Name.</summary>
    public required ReadOnlyMemory<byte> Issuer { get; init; }

    /// <summary>The subject's DER Name.</summary>
    public required ReadOnlyMemory<byte> Subject { get; init; }

    /// <summary>First instant of validity, inclusive.</summary>
    public required DateTimeOffset NotBefore { get; init; }

    /// <summary>Last instant of validity, inclusive.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>The subject's key.</summary>
    /// <exception cref="FormatException">Of a kind or size that is not supported.</exception>
    public PublicKey PublicKey => publicKey.Value;

    /// <summary>How the issuer signed; <see cref="SignatureScheme.None"/> when the algorithm is not supported.</summary>
    public required SignatureScheme SignatureScheme { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    public required ImmutableArray<CertificateExtension> Extensions { get; init; }

    public required ImmutableArray<SubjectAlternativeName> SubjectAlternativeNames { get; init; }

    public required CertificateClaims Claims { get; init; }

    /// <summary>basicConstraints cA.</summary>
    public required bool IsAuthority { get; init; }

    /// <summary>basicConstraints pathLenConstraint, or null without one.</summary>
    public required int? PathLength { get; init; }

    /// <summary>keyUsage, or null without the extension.</summary>
    public required KeyUsages? KeyUsage { get; init; }

    /// <summary>OIDs of extKeyUsage; default (not just empty) without the extension.</summary>
    public required ImmutableArray<string> ExtendedKeyUsages { get; init; }

    /// <summary>Whether extKeyUsage is critical.</summary>
    public required bool ExtendedKeyUsageIsCritical { get; init; }

    public required ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; init; }

    public required ReadOnlyMemory<byte>? AuthorityKeyIdentifier { get; init; }

    /// <summary>A critical extension that this code does not process, or null.</summary>
    public required string? UnknownCriticalExtension { get; init; }

    /// <summary>Whether subject and issuer are the same name.</summary>
    public bool IsSelfIssued => Subject.Span.SequenceEqual(Issuer.Span);

    /// <summary>SHA-256 of the DER certificate, 32 bytes.</summary>
    public byte[] Thumbprint() => SHA256.HashData(Raw.Span);

    /// <summary>Whether <paramref name="time"/> lies in the validity, ends included.</summary>
    public bool IsValidAt(DateTimeOffset time) => NotBefore <= time && time <= NotAfter;

    /// <summary>Whether <paramref name="key"/> made this certificate's signature.</summary>
    public bool IsSignedBy(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return SignatureScheme != SignatureScheme.None && key.Verify(Tbs.Span, Signature.Span, SignatureScheme);
    }

    /// <summary>Reads a DER certificate.</summary>
    /// <exception cref="FormatException">Not a DER certificate of version 3, or trailing data.</exception>
    public static Certificate Parse(ReadOnlyMemory<byte> der) => CertificateReader.Read(der);
}

/// <summary>keyUsage bits (RFC 5280 §4.2.1.3) that matter here.</summary>
[Flags]
public enum KeyUsages
{
    None = 0,
    DigitalSignature = 1,
    KeyCertSign = 2,
    CrlSign = 4,

    /// <summary>Any other bit.</summary>
    Other = 8,
}
