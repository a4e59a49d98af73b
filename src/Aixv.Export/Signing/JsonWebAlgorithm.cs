using Aixv.Sigstore.Cose;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Signing;

/// <summary>The signature algorithms of RFC 7518 and RFC 8037 by their names.</summary>
internal static class JsonWebAlgorithm
{
    private const string EdDsa = "EdDSA";

    /// <summary>JSF's own name for what JOSE calls EdDSA.</summary>
    private const string Ed25519 = "Ed25519";

    /// <summary>The name in JOSE headers.</summary>
    public static string Name(SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaSha256 => "ES256",
        SignatureScheme.EcdsaSha384 => "ES384",
        SignatureScheme.EcdsaSha512 => "ES512",
        SignatureScheme.RsaPkcs1Sha256 => "RS256",
        SignatureScheme.RsaPkcs1Sha384 => "RS384",
        SignatureScheme.RsaPkcs1Sha512 => "RS512",
        SignatureScheme.RsaPssSha256 => "PS256",
        SignatureScheme.RsaPssSha384 => "PS384",
        SignatureScheme.RsaPssSha512 => "PS512",
        SignatureScheme.Ed25519 => EdDsa,
        SignatureScheme.None => throw new ArgumentOutOfRangeException(nameof(scheme)),
    };

    /// <summary>The name in JSF signatures.</summary>
    public static string JsfName(SignatureScheme scheme) => scheme == SignatureScheme.Ed25519 ? Ed25519 : Name(scheme);

    /// <summary>How a key of this kind signs by the algorithm; <see cref="SignatureScheme.None"/> when it cannot: RFC 7518 ties hashes to curves.</summary>
    public static SignatureScheme SchemeFor(string? name, KeyAlgorithm key) => (name, key) switch
    {
        ("ES256", KeyAlgorithm.EcdsaP256) => SignatureScheme.EcdsaSha256,
        ("ES384", KeyAlgorithm.EcdsaP384) => SignatureScheme.EcdsaSha384,
        ("ES512", KeyAlgorithm.EcdsaP521) => SignatureScheme.EcdsaSha512,
        ("RS256", KeyAlgorithm.Rsa) => SignatureScheme.RsaPkcs1Sha256,
        ("RS384", KeyAlgorithm.Rsa) => SignatureScheme.RsaPkcs1Sha384,
        ("RS512", KeyAlgorithm.Rsa) => SignatureScheme.RsaPkcs1Sha512,
        ("PS256", KeyAlgorithm.Rsa) => SignatureScheme.RsaPssSha256,
        ("PS384", KeyAlgorithm.Rsa) => SignatureScheme.RsaPssSha384,
        ("PS512", KeyAlgorithm.Rsa) => SignatureScheme.RsaPssSha512,
        (EdDsa or Ed25519, KeyAlgorithm.Ed25519) => SignatureScheme.Ed25519,
        _ => SignatureScheme.None,
    };

    /// <summary>The key's signature in the form of RFC 7518 §3.4: r and s side by side.</summary>
    /// <exception cref="ArgumentException">The key does not sign so by its scheme: ES256 is P-256 with SHA-256, and nothing else.</exception>
    public static byte[] Sign(Formats.DocumentSigner signer, ReadOnlySpan<byte> message)
    {
        var key = signer.Key.PublicKey.Algorithm;
        return SchemeFor(Name(signer.Scheme), key) == signer.Scheme
            ? FixedSignature.FromKey(key, signer.Sign(message))
            : throw new ArgumentException($"JSON signatures know no {signer.Scheme} by {key} keys.", nameof(signer));
    }

    /// <summary>Whether the key signed the message by the named algorithm.</summary>
    public static bool Verify(PublicKey key, string? algorithm, ReadOnlySpan<byte> message, ReadOnlyMemory<byte> signature) =>
        SchemeFor(algorithm, key.Algorithm) is not SignatureScheme.None and var scheme
        && FixedSignature.ToKey(key.Algorithm, signature) is { } native
        && key.Verify(message, native.Span, scheme);
}
