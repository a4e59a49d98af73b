using System.Security.Cryptography;
using Aixv.Sigstore.Signing;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>The names of <c>PublicKeyDetails</c> (sigstore_common.proto) that a signer states to a log.</summary>
internal static class KeyDetailsName
{
    /// <exception cref="SigningException">The combination has no name.</exception>
    internal static string Of(PublicKey key, SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaSha256 when key.Algorithm == KeyAlgorithm.EcdsaP256 => "PKIX_ECDSA_P256_SHA_256",
        SignatureScheme.EcdsaSha384 when key.Algorithm == KeyAlgorithm.EcdsaP384 => "PKIX_ECDSA_P384_SHA_384",
        SignatureScheme.EcdsaSha512 when key.Algorithm == KeyAlgorithm.EcdsaP521 => "PKIX_ECDSA_P521_SHA_512",
        SignatureScheme.RsaPkcs1Sha256 => $"PKIX_RSA_PKCS1V15_{RsaBits(key)}_SHA256",
        SignatureScheme.RsaPssSha256 => $"PKIX_RSA_PSS_{RsaBits(key)}_SHA256",
        SignatureScheme.Ed25519 => "PKIX_ED25519",
        _ => throw new SigningException($"{key.Algorithm} keys that sign by {scheme} are not in Sigstore's registry of algorithms"),
    };

    private static int RsaBits(PublicKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
        return rsa.KeySize is 2048 or 3072 or 4096
            ? rsa.KeySize
            : throw new SigningException($"RSA keys of {rsa.KeySize} bits are not in Sigstore's registry of algorithms (2048, 3072 and 4096 are)");
    }
}
