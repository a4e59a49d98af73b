using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Rekor;

/// <summary>What a log entry must be about: the bundle's signature, its key or certificate, and what the key signed.</summary>
/// <param name="Leaf">The signing certificate, or null for a managed key.</param>
/// <param name="Message">The envelope's PAE, or null when the artifact itself was signed.</param>
internal sealed record SignedMaterial(BundleContent Content, Certificate? Leaf, PublicKey Key, ArtifactDigests Artifact, ReadOnlyMemory<byte>? Message)
{
    internal ReadOnlyMemory<byte> Signature => Content.Signature;

    /// <summary>The DER certificate or SubjectPublicKeyInfo that an entry carries.</summary>
    internal ReadOnlyMemory<byte> Verifier => Leaf?.Raw ?? Key.Spki;

    /// <summary>The digest of what was signed, or null when only another digest of the artifact is known.</summary>
    internal ReadOnlyMemory<byte>? Digest(HashAlgorithmName algorithm) => Message is { } message
        ? CryptographicOperations.HashData(algorithm, message.Span)
        : Artifact.Find(algorithm);
}
