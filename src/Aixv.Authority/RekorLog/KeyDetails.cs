using System.Security.Cryptography;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.RekorLog;

/// <summary>The members of <c>PublicKeyDetails</c> (sigstore_common.proto) by which this log accepts signatures over digests.</summary>
/// <param name="Name">The enum's name, as in requests and entries.</param>
/// <param name="RsaBits">The modulus' length, or null for other keys.</param>
internal sealed record KeyDetails(string Name, KeyAlgorithm Algorithm, SignatureScheme Scheme, int? RsaBits = null)
{
    private static readonly Dictionary<string, KeyDetails> Known = new KeyDetails[]
    {
        new("PKIX_ECDSA_P256_SHA_256", KeyAlgorithm.EcdsaP256, SignatureScheme.EcdsaSha256),
        new("PKIX_ECDSA_P384_SHA_384", KeyAlgorithm.EcdsaP384, SignatureScheme.EcdsaSha384),
        new("PKIX_ECDSA_P521_SHA_512", KeyAlgorithm.EcdsaP521, SignatureScheme.EcdsaSha512),
        new("PKIX_RSA_PKCS1V15_2048_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256, 2048),
        new("PKIX_RSA_PKCS1V15_3072_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256, 3072),
        new("PKIX_RSA_PKCS1V15_4096_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPkcs1Sha256, 4096),
        new("PKIX_RSA_PSS_2048_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256, 2048),
        new("PKIX_RSA_PSS_3072_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256, 3072),
        new("PKIX_RSA_PSS_4096_SHA256", KeyAlgorithm.Rsa, SignatureScheme.RsaPssSha256, 4096),
    }.ToDictionary(d => d.Name, StringComparer.Ordinal);

    public HashAlgorithmName Hash => Scheme.Hash()!.Value;

    /// <summary>The hash's name in entries.</summary>
    public string HashName => Hash.Name switch
    {
        "SHA256" => "SHA2_256",
        "SHA384" => "SHA2_384",
        _ => "SHA2_512",
    };

    public int HashLength => Hash.Name switch
    {
        "SHA256" => SHA256.HashSizeInBytes,
        "SHA384" => SHA384.HashSizeInBytes,
        _ => SHA512.HashSizeInBytes,
    };

    /// <exception cref="FormatException">Unknown, or without a hash (pure Ed25519).</exception>
    public static KeyDetails Parse(string name) => Known.GetValueOrDefault(name) ?? throw new FormatException(name switch
    {
        "PKIX_ED25519" => "pure Ed25519 is not accepted: it signs no digest, which is all that the log gets",
        _ => $"keyDetails '{(name.Length > 60 ? name[..60] : name)}' is not supported (supported: {string.Join(", ", Known.Keys)})",
    });

    public bool Fits(PublicKey key) => key.Algorithm == Algorithm && (RsaBits is null || RsaBits == BitsOf(key));

    private static int BitsOf(PublicKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.Spki.Span, out _);
        return rsa.KeySize;
    }
}
