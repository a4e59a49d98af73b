using System.Security.Cryptography;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Rekor;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Verification;

/// <summary>Checks a bundle's signature over the artifact or the envelope.</summary>
internal static class SignatureVerifier
{
    /// <summary>The schemes a key may have signed by: its own default, that of the digest the bundle states, and for RSA both paddings.</summary>
    internal static IEnumerable<SignatureScheme> Schemes(PublicKey key, HashAlgorithmName? stated) => key.Algorithm switch
    {
        KeyAlgorithm.Ed25519 => [SignatureScheme.Ed25519],
        KeyAlgorithm.Rsa => [RsaPkcs1(stated), RsaPss(stated)],
        KeyAlgorithm.EcdsaP256 or KeyAlgorithm.EcdsaP384 or KeyAlgorithm.EcdsaP521 =>
            new[] { key.DefaultScheme, Ecdsa(stated), SignatureScheme.EcdsaSha256 }.Distinct(),
    };

    private static SignatureScheme Ecdsa(HashAlgorithmName? hash) =>
        hash == HashAlgorithmName.SHA384 ? SignatureScheme.EcdsaSha384
        : hash == HashAlgorithmName.SHA512 ? SignatureScheme.EcdsaSha512 : SignatureScheme.EcdsaSha256;

    private static SignatureScheme RsaPkcs1(HashAlgorithmName? hash) =>
        hash == HashAlgorithmName.SHA384 ? SignatureScheme.RsaPkcs1Sha384
        : hash == HashAlgorithmName.SHA512 ? SignatureScheme.RsaPkcs1Sha512 : SignatureScheme.RsaPkcs1Sha256;

    private static SignatureScheme RsaPss(HashAlgorithmName? hash) =>
        hash == HashAlgorithmName.SHA384 ? SignatureScheme.RsaPssSha384
        : hash == HashAlgorithmName.SHA512 ? SignatureScheme.RsaPssSha512 : SignatureScheme.RsaPssSha256;

    /// <summary>Verifies, or refuses.</summary>
    internal static void Require(SignedMaterial material)
    {
        var stated = (material.Content as MessageSignature)?.DigestAlgorithm;
        var missing = "";
        foreach (var scheme in Schemes(material.Key, stated))
        {
            var verdict = Verifies(material, scheme);
            if (verdict == true)
            {
                return;
            }

            missing = verdict is null ? scheme.Hash() is { } hash ? $"the artifact's {hash.Name} digest" : "the artifact's bytes" : missing;
        }

        throw missing.Length > 0
            ? new Refusal(RejectionReason.ArtifactRequired, VerificationStep.Signature, $"{missing}, over which keys of {material.Key.Algorithm} sign", "only its SHA-256 digest: verify the file")
            : new Refusal(RejectionReason.SignatureInvalid, VerificationStep.Signature, "a signature by the key", "one that does not verify");
    }

    /// <summary>True or false, or null when what the scheme signs is not at hand.</summary>
    private static bool? Verifies(SignedMaterial material, SignatureScheme scheme)
    {
        if (scheme.Hash() is { } hash)
        {
            return material.Digest(hash) is { } digest ? material.Key.VerifyDigest(digest.Span, material.Signature.Span, scheme) : null;
        }

        return (material.Message ?? material.Artifact.Content) is { } message ? material.Key.Verify(message.Span, material.Signature.Span, scheme) : null;
    }

    /// <summary>The digest that a bundle states is a hint; when it is not the artifact's, nothing else can hold.</summary>
    internal static void RequireStatedDigest(SignedMaterial material)
    {
        if (material.Content is not MessageSignature { DigestAlgorithm: { } algorithm, Digest: { } stated })
        {
            return;
        }

        if (material.Artifact.Find(algorithm) is not { } actual)
        {
            throw new Refusal(
                RejectionReason.ArtifactRequired, VerificationStep.Artifact, $"the artifact's {algorithm.Name} digest, which the bundle states", "only its SHA-256 digest: verify the file");
        }

        if (!actual.Span.SequenceEqual(stated.Span))
        {
            throw new Refusal(
                RejectionReason.DigestMismatch,
                VerificationStep.Artifact,
                $"the artifact that was signed, {algorithm.Name} {Convert.ToHexStringLower(stated.Span)}",
                $"{algorithm.Name} {Convert.ToHexStringLower(actual.Span)}");
        }
    }
}
