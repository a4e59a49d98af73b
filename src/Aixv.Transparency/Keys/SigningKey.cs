using System.Formats.Asn1;
using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>A private key that signs. Instances are safe for concurrent use; disposing wipes the key where the platform can.</summary>
public abstract class SigningKey : IDisposable
{
    private protected SigningKey(PublicKey publicKey) => PublicKey = publicKey;

    public PublicKey PublicKey { get; }

    /// <summary>Signs with <see cref="PublicKey.DefaultScheme"/>.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message) => Sign(message, PublicKey.DefaultScheme);

    /// <summary>Signs <paramref name="message"/>; ECDSA signatures are DER.</summary>
    /// <exception cref="ArgumentException">The scheme is of another kind of key.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message, SignatureScheme scheme)
    {
        if (scheme.Hash() is not { } hash)
        {
            return SignMessage(message, scheme);
        }

        Span<byte> digest = stackalloc byte[64];
        var length = CryptographicOperations.HashData(hash, message, digest);
        return SignDigest(digest[..length], scheme);
    }

    /// <summary>Signs a digest that is already computed with the scheme's hash.</summary>
    /// <exception cref="ArgumentException">The scheme is of another kind of key, or Ed25519, which signs no digests.</exception>
    public abstract byte[] SignDigest(ReadOnlySpan<byte> digest, SignatureScheme scheme);

    private protected virtual byte[] SignMessage(ReadOnlySpan<byte> message, SignatureScheme scheme) => throw Unfit(scheme);

    private protected ArgumentException Unfit(SignatureScheme scheme) => new($"{PublicKey.Algorithm} keys do not sign by {scheme}", nameof(scheme));

    /// <summary>The unencrypted DER PKCS#8 PrivateKeyInfo (RFC 5208). Secret.</summary>
    public abstract byte[] ToPkcs8();

    /// <summary>The unencrypted <c>PRIVATE KEY</c> PEM block, without a final newline. Secret.</summary>
    public string ToPem() => PemEncoding.WriteString("PRIVATE KEY", ToPkcs8());

    /// <summary>A fresh key. RSA keys have 3072 bits.</summary>
    public static SigningKey Generate(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 =>
            new EcdsaSigningKey(ECDsa.Create(EcdsaCurve.Of(algorithm).Curve)),
        KeyAlgorithm.Rsa => new RsaSigningKey(RSA.Create(3072)),
        KeyAlgorithm.Ed25519 => new Ed25519SigningKey(RandomNumberGenerator.GetBytes(Ed25519PublicKey.RawLength)),
    };

    /// <summary>Reads an unencrypted DER PKCS#8 PrivateKeyInfo.</summary>
    /// <exception cref="FormatException">Not such a key, or an unsupported algorithm.</exception>
    public static SigningKey FromPkcs8(ReadOnlyMemory<byte> der)
    {
        try
        {
            var info = new AsnReader(der, AsnEncodingRules.BER).ReadSequence();
            info.ReadInteger();
            var oid = info.ReadSequence().ReadObjectIdentifier();
            switch (oid)
            {
                case "1.2.840.10045.2.1":
                    var ecdsa = ECDsa.Create();
                    ecdsa.ImportPkcs8PrivateKey(der.Span, out _);
                    return new EcdsaSigningKey(ecdsa);
                case "1.2.840.113549.1.1.1":
                    var rsa = RSA.Create();
                    rsa.ImportPkcs8PrivateKey(der.Span, out _);
                    return new RsaSigningKey(rsa);
                case "1.3.101.112":
                    return new Ed25519SigningKey(new AsnReader(info.ReadOctetString(), AsnEncodingRules.BER).ReadOctetString());
                default:
                    throw new FormatException($"private key: algorithm {oid} is not supported (ECDSA P-256/P-384/P-521, RSA and Ed25519 are)");
            }
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            throw new FormatException($"private key: not a valid PKCS#8 key ({e.Message})", e);
        }
    }

    /// <summary>Reads an unencrypted <c>PRIVATE KEY</c>, <c>EC PRIVATE KEY</c> or <c>RSA PRIVATE KEY</c> PEM block.</summary>
    /// <exception cref="FormatException">No such block, or its content is not a supported key.</exception>
    public static SigningKey FromPem(string pem)
    {
        ArgumentNullException.ThrowIfNull(pem);
        foreach (var label in (string[])["PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"])
        {
            if (FindBlock(pem, label) is not { } der)
            {
                continue;
            }

            try
            {
                switch (label)
                {
                    case "PRIVATE KEY":
                        return FromPkcs8(der);
                    case "EC PRIVATE KEY":
                        var ecdsa = ECDsa.Create();
                        ecdsa.ImportECPrivateKey(der, out _);
                        return new EcdsaSigningKey(ecdsa);
                    default:
                        var rsa = RSA.Create();
                        rsa.ImportRSAPrivateKey(der, out _);
                        return new RsaSigningKey(rsa);
                }
            }
            catch (CryptographicException e)
            {
                throw new FormatException($"private key: the '{label}' block is not valid ({e.Message})", e);
            }
        }

        throw new FormatException("private key: no PEM block found (expected -----BEGIN PRIVATE KEY-----)");
    }

    private static byte[]? FindBlock(string pem, string label)
    {
        var rest = pem.AsSpan();
        while (PemEncoding.TryFind(rest, out var fields))
        {
            if (rest[fields.Label].SequenceEqual(label))
            {
                return Convert.FromBase64String(rest[fields.Base64Data].ToString());
            }

            rest = rest[fields.Location.End..];
        }

        return null;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    private protected abstract void Dispose(bool disposing);
}
