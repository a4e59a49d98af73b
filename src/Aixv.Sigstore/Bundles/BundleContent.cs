using System.Security.Cryptography;
using Aixv.Sigstore.Dsse;

namespace Aixv.Sigstore.Bundles;

/// <summary>What a bundle's key signed: an artifact, or an envelope.</summary>
public abstract record BundleContent
{
    private protected BundleContent()
    {
    }

    /// <summary>The signature bytes, over which timestamps are made.</summary>
    public abstract ReadOnlyMemory<byte> Signature { get; }
}

/// <summary>A signature over the artifact's bytes. The digest is a hint that is compared, never trusted.</summary>
/// <param name="Value">The signature.</param>
/// <param name="DigestAlgorithm">The hash of <paramref name="Digest"/>, or null without one.</param>
/// <param name="Digest">The artifact's digest as the bundle states it, or null.</param>
public sealed record MessageSignature(ReadOnlyMemory<byte> Value, HashAlgorithmName? DigestAlgorithm, ReadOnlyMemory<byte>? Digest) : BundleContent
{
    public override ReadOnlyMemory<byte> Signature => Value;
}

/// <summary>A signed statement. A bundle's envelope has exactly one signature.</summary>
public sealed record SignedEnvelope(DsseEnvelope Envelope) : BundleContent
{
    public override ReadOnlyMemory<byte> Signature => Envelope.Signatures[0].Signature;
}
