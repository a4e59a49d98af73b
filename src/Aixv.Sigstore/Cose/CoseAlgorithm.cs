using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Cose;

/// <summary>Signature algorithms of the IANA registry "COSE Algorithms" that are used here, by their numbers.</summary>
public enum CoseAlgorithm
{
    /// <summary>No algorithm; never verifies.</summary>
    None = 0,

    /// <summary>ECDSA with SHA-256 (RFC 9053 §2.1); the key says which curve.</summary>
    ES256 = -7,

    /// <summary>EdDSA (RFC 9053 §2.2); here with Ed25519.</summary>
    EdDSA = -8,

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 9864).</summary>
    ESP256 = -9,

    /// <summary>Ed25519 (RFC 9864).</summary>
    Ed25519 = -19,
    ES384 = -35,
    ES512 = -36,

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 8230).</summary>
    PS256 = -37,
    PS384 = -38,
    PS512 = -39,
    ESP384 = -51,
    ESP512 = -52,

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8812).</summary>
    RS256 = -257,
    RS384 = -258,
    RS512 = -259,
}

/// <summary>How <see cref="CoseAlgorithm"/> relates to keys.</summary>
public static class CoseAlgorithms
{
    /// <summary>The algorithm that a key signs by where nothing else is asked: ECDSA with the hash of its curve, EdDSA, PS256.</summary>
    public static CoseAlgorithm DefaultFor(PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return key.Algorithm switch
        {
            KeyAlgorithm.EcdsaP256 => CoseAlgorithm.ES256,
            KeyAlgorithm.EcdsaP384 => CoseAlgorithm.ES384,
            KeyAlgorithm.EcdsaP521 => CoseAlgorithm.ES512,
            KeyAlgorithm.Rsa => CoseAlgorithm.PS256,
            KeyAlgorithm.Ed25519 => CoseAlgorithm.EdDSA,
        };
    }

    /// <summary>The algorithm of a registered number, or <see cref="CoseAlgorithm.None"/> when it is not supported.</summary>
    public static CoseAlgorithm FromNumber(long number) =>
        number is >= int.MinValue and < 0 && Enum.IsDefined((CoseAlgorithm)number) ? (CoseAlgorithm)number : CoseAlgorithm.None;

    /// <summary>How a key of this kind signs by the algorithm, or <see cref="SignatureScheme.None"/> when it cannot.</summary>
    public static SignatureScheme SchemeFor(this CoseAlgorithm algorithm, KeyAlgorithm key)
    {
        var (kind, scheme) = algorithm switch
        {
            CoseAlgorithm.None => (key, SignatureScheme.None),
            // RFC 9053 §2.1 does not tie the hash to the curve.
            CoseAlgorithm.ES256 => (EcdsaOr(key), SignatureScheme.EcdsaSha256),
            CoseAlgorithm.ES384 => (EcdsaOr(key), SignatureScheme.EcdsaSha384),
            CoseAlgorithm.ES512 => (EcdsaOr(key), SignatureScheme.EcdsaSha512),
            CoseAlgorithm.ESP256 => (KeyAlgorithm.EcdsaP256, SignatureScheme.EcdsaSha256),
            CoseAlgorithm.ESP384 => (KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha384),
            CoseAlgorithm.ESP512 => (KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha512),
            CoseAlgorithm.EdDSA or CoseAlgorithm.Ed25519 => (KeyAlgorithm.Ed25519, SignatureScheme.Ed25519),
            CoseAlgorithm.PS256 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256),
            CoseAlgorithm.PS384 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha384),
            CoseAlgorithm.PS512 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha512),
            CoseAlgorithm.RS256 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256),
            CoseAlgorithm.RS384 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha384),
            CoseAlgorithm.RS512 => (KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha512),
        };
        return kind == key ? scheme : SignatureScheme.None;
    }

    private static KeyAlgorithm EcdsaOr(KeyAlgorithm key) =>
        key is KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 ? key : KeyAlgorithm.EcdsaP256;
}
