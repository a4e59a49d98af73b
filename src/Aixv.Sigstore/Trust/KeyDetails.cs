using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Trust;

/// <summary>Sigstore's names of key and signature algorithms (<c>PublicKeyDetails</c> of sigstore_common.proto).</summary>
public static class KeyDetails
{
    /// <summary>Reads a key as <paramref name="details"/> says it is encoded and used.</summary>
    /// <exception cref="FormatException">The algorithm is not supported, or the key is of another one.</exception>
    public static (PublicKey Key, SignatureScheme Scheme) Read(string details, ReadOnlyMemory<byte> rawBytes)
    {
        var scheme = SchemeOf(details) ?? throw new FormatException($"key algorithm {details} is not supported");
        var key = details.StartsWith("PKCS1_", StringComparison.Ordinal) ? PublicKey.FromRsaPkcs1(rawBytes) : PublicKey.FromSpki(rawBytes);
        return Fits(details, key.Algorithm) ? (key, scheme) : throw new FormatException($"a key of {key.Algorithm} is not one of {details}");
    }

    /// <summary>The scheme of a name, or null when it is not supported.</summary>
    public static SignatureScheme? SchemeOf(string details) => details switch
    {
        "PKIX_ECDSA_P256_SHA_256" or "PKIX_ECDSA_P384_SHA_256" or "PKIX_ECDSA_P521_SHA_256" => SignatureScheme.EcdsaSha256,
        "PKIX_ECDSA_P384_SHA_384" => SignatureScheme.EcdsaSha384,
        "PKIX_ECDSA_P521_SHA_512" => SignatureScheme.EcdsaSha512,
        "PKIX_ED25519" => SignatureScheme.Ed25519,
        "PKCS1_RSA_PKCS1V5" or "PKIX_RSA_PKCS1V5" => SignatureScheme.RsaPkcs1Sha256,
        "PKIX_RSA_PKCS1V15_2048_SHA256" or "PKIX_RSA_PKCS1V15_3072_SHA256" or "PKIX_RSA_PKCS1V15_4096_SHA256" => SignatureScheme.RsaPkcs1Sha256,
        "PKCS1_RSA_PSS" or "PKIX_RSA_PSS" => SignatureScheme.RsaPssSha256,
        "PKIX_RSA_PSS_2048_SHA256" or "PKIX_RSA_PSS_3072_SHA256" or "PKIX_RSA_PSS_4096_SHA256" => SignatureScheme.RsaPssSha256,
        _ => null,
    };

    /// <summary>The name of a key that signs by <paramref name="scheme"/>, or null when there is none.</summary>
    public static string? NameOf(PublicKey key, SignatureScheme scheme) => (key.Algorithm, scheme) switch
    {
        (KeyAlgorithm.EcdsaP256, SignatureScheme.EcdsaSha256) => "PKIX_ECDSA_P256_SHA_256",
        (KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha384) => "PKIX_ECDSA_P384_SHA_384",
        (KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha256) => "PKIX_ECDSA_P384_SHA_256",
        (KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha512) => "PKIX_ECDSA_P521_SHA_512",
        (KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha256) => "PKIX_ECDSA_P521_SHA_256",
        (KeyAlgorithm.Ed25519, SignatureScheme.Ed25519) => "PKIX_ED25519",
        (KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256) => RsaName(key, "PKCS1V15"),
        (KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256) => RsaName(key, "PSS"),
        _ => null,
    };

    private static string? RsaName(PublicKey key, string padding) =>
        key.RsaBits is 2048 or 3072 or 4096 ? $"PKIX_RSA_{padding}_{key.RsaBits}_SHA256" : null;

    internal static bool Fits(string details, KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.EcdsaP256 => details.Contains("_P256_", StringComparison.Ordinal),
        KeyAlgorithm.EcdsaP384 => details.Contains("_P384_", StringComparison.Ordinal),
        KeyAlgorithm.EcdsaP521 => details.Contains("_P521_", StringComparison.Ordinal),
        KeyAlgorithm.Rsa => details.Contains("_RSA_", StringComparison.Ordinal),
        KeyAlgorithm.Ed25519 => details == "PKIX_ED25519",
    };
}
