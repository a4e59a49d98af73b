using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>A public key that checks signatures. Instances are immutable and safe for concurrent use.</summary>
public abstract class PublicKey
{
    private const string EcPublicKeyOid = "1.2.840.10045.2.1";
    private const string RsaEncryptionOid = "1.2.840.113549.1.1.1";
    private const string Ed25519Oid = "1.3.101.112";
    private const int MaximumSpki = 16 * 1024;

    private protected PublicKey(KeyAlgorithm algorithm, byte[] spki)
    {
        Algorithm = algorithm;
        Spki = spki;
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>The DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).</summary>
    public ReadOnlyMemory<byte> Spki { get; }

    /// <summary>The bits of an RSA modulus; 0 for other keys.</summary>
    public virtual int RsaBits => 0;

    /// <summary>The scheme used where nothing else names one: ECDSA with the hash of the curve's size, RSA PKCS#1 v1.5 with SHA-256, Ed25519.</summary>
    public SignatureScheme DefaultScheme => Algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => SignatureScheme.EcdsaSha256,
        KeyAlgorithm.EcdsaP384 => SignatureScheme.EcdsaSha384,
        KeyAlgorithm.EcdsaP521 => SignatureScheme.EcdsaSha512,
        KeyAlgorithm.Rsa => SignatureScheme.RsaPkcs1Sha256,
        KeyAlgorithm.Ed25519 => SignatureScheme.Ed25519,
    };

    /// <summary>SHA-256 of <see cref="Spki"/>: the RFC 6962 §3.2 log id, 32 bytes.</summary>
    public byte[] SpkiSha256() => SHA256.HashData(Spki.Span);

    /// <summary>Whether <paramref name="signature"/> is this key's over <paramref name="message"/>. A scheme of another kind of key is false.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, SignatureScheme scheme)
    {
        if (scheme.Hash() is not { } hash)
        {
            return VerifyMessage(message, signature, scheme);
        }

        Span<byte> digest = stackalloc byte[64];
        var length = CryptographicOperations.HashData(hash, message, digest);
        return VerifyDigest(digest[..length], signature, scheme);
    }

    /// <summary>As <see cref="Verify"/>, from the message's digest. False for <see cref="SignatureScheme.Ed25519"/>, which has none.</summary>
    public abstract bool VerifyDigest(ReadOnlySpan<byte> digest, ReadOnlySpan<byte> signature, SignatureScheme scheme);

    private protected virtual bool VerifyMessage(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature, SignatureScheme scheme) => false;

    public bool Equals(PublicKey? other) => other is not null && Spki.Span.SequenceEqual(other.Spki.Span);

    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Spki.Span);
        return hash.ToHashCode();
    }

    /// <summary>Reads a DER SubjectPublicKeyInfo.</summary>
    /// <exception cref="FormatException">Not DER, not a supported algorithm, an explicit-parameter curve, a point off the curve, or RSA below 2048 bits.</exception>
    public static PublicKey FromSpki(ReadOnlyMemory<byte> der)
    {
        if (der.Length > MaximumSpki)
        {
            throw new FormatException($"public key: {der.Length} bytes, at most {MaximumSpki} are read");
        }

        try
        {
            return ReadSpki(der);
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            throw new FormatException($"public key: not a valid SubjectPublicKeyInfo ({e.Message})", e);
        }
    }

    private static PublicKey ReadSpki(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var spki = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var algorithm = spki.ReadSequence();
        var key = spki.ReadBitString(out var unused);
        spki.ThrowIfNotEmpty();
        if (unused != 0)
        {
            throw new FormatException("public key: the bit string has unused bits");
        }

        var oid = algorithm.ReadObjectIdentifier();
        switch (oid)
        {
            case EcPublicKeyOid:
                if (!algorithm.HasData || algorithm.PeekTag() != Asn1Tag.ObjectIdentifier)
                {
                    throw new FormatException("public key: only named curves are supported, not explicit parameters");
                }

                var curve = algorithm.ReadObjectIdentifier();
                algorithm.ThrowIfNotEmpty();
                return new EcdsaPublicKey(EcdsaCurve.FromOid(curve), key, der.ToArray());
            case RsaEncryptionOid:
                if (algorithm.HasData)
                {
                    algorithm.ReadNull();
                }

                algorithm.ThrowIfNotEmpty();
                return new RsaPublicKey(key, der.ToArray());
            case Ed25519Oid:
                algorithm.ThrowIfNotEmpty();
                return new Ed25519PublicKey(key, der.ToArray());
            default:
                throw new FormatException($"public key: algorithm {oid} is not supported (ECDSA P-256/P-384/P-521, RSA and Ed25519 are)");
        }
    }

    /// <summary>Reads a PKCS#1 RSAPublicKey (RFC 8017 §A.1.1), the form some CT logs of old trusted roots have.</summary>
    /// <exception cref="FormatException">Not such a key, or below 2048 bits.</exception>
    public static PublicKey FromRsaPkcs1(ReadOnlyMemory<byte> der)
    {
        if (der.Length > MaximumSpki)
        {
            throw new FormatException($"public key: {der.Length} bytes, at most {MaximumSpki} are read");
        }

        return FromSpki(RsaPublicKey.EncodeSpki(der.Span));
    }

    /// <summary>The key of 32 raw Ed25519 bytes (RFC 8032 §5.1.5).</summary>
    public static PublicKey FromEd25519(ReadOnlySpan<byte> raw) => FromSpki(Ed25519PublicKey.EncodeSpki(raw));

    /// <summary>Reads one <c>PUBLIC KEY</c> or <c>RSA PUBLIC KEY</c> PEM block.</summary>
    /// <exception cref="FormatException">No such block, or its content is not a supported key.</exception>
    public static PublicKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        if (!PemEncoding.TryFind(pem, out var fields))
        {
            throw new FormatException("public key: no PEM block found (expected -----BEGIN PUBLIC KEY-----)");
        }

        var der = Convert.FromBase64String(pem[fields.Base64Data]);
        return pem[fields.Label] switch
        {
            "PUBLIC KEY" => FromSpki(der),
            "RSA PUBLIC KEY" => FromRsaPkcs1(der),
            var label => throw new FormatException($"public key: PEM block is '{label}', expected 'PUBLIC KEY'"),
        };
    }

    /// <summary>The key as a <c>PUBLIC KEY</c> PEM block, without a final newline.</summary>
    public string ToPem() => PemEncoding.WriteString("PUBLIC KEY", Spki.Span);
}
