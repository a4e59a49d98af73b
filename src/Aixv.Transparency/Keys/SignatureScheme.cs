using System.Security.Cryptography;

namespace Aixv.Transparency.Keys;

/// <summary>How a signature is computed: algorithm, padding and hash. ECDSA signatures are DER sequences of (r, s).</summary>
public enum SignatureScheme
{
    /// <summary>No scheme; never verifies.</summary>
    None = 0,
    EcdsaSha256,
    EcdsaSha384,
    EcdsaSha512,
    RsaPkcs1Sha256,
    RsaPkcs1Sha384,
    RsaPkcs1Sha512,
    RsaPssSha256,
    RsaPssSha384,
    RsaPssSha512,

    /// <summary>Pure Ed25519 (RFC 8032): signs the message itself, so it cannot be checked from a digest.</summary>
    Ed25519,
}

/// <summary>What a <see cref="SignatureScheme"/> says of itself.</summary>
public static class SignatureSchemes
{
    /// <summary>The hash applied to the message before signing, or null where the scheme signs the message itself.</summary>
    public static HashAlgorithmName? Hash(this SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.EcdsaSha256 or SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPssSha256 => HashAlgorithmName.SHA256,
        SignatureScheme.EcdsaSha384 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPssSha384 => HashAlgorithmName.SHA384,
        SignatureScheme.EcdsaSha512 or SignatureScheme.RsaPkcs1Sha512 or SignatureScheme.RsaPssSha512 => HashAlgorithmName.SHA512,
        SignatureScheme.None or SignatureScheme.Ed25519 => null,
    };

    internal static bool IsEcdsa(this SignatureScheme scheme) =>
        scheme is SignatureScheme.EcdsaSha256 or SignatureScheme.EcdsaSha384 or SignatureScheme.EcdsaSha512;

    internal static RSASignaturePadding? RsaPadding(this SignatureScheme scheme) => scheme switch
    {
        SignatureScheme.RsaPkcs1Sha256 or SignatureScheme.RsaPkcs1Sha384 or SignatureScheme.RsaPkcs1Sha512 => RSASignaturePadding.Pkcs1,
        SignatureScheme.RsaPssSha256 or SignatureScheme.RsaPssSha384 or SignatureScheme.RsaPssSha512 => RSASignaturePadding.Pss,
        SignatureScheme.None or SignatureScheme.Ed25519
            or SignatureScheme.EcdsaSha256 or SignatureScheme.EcdsaSha384 or SignatureScheme.EcdsaSha512 => null,
    };
}
