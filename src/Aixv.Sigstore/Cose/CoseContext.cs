using System.Collections.Immutable;

namespace Aixv.Sigstore.Cose;

/// <summary>What signer and verifier agree on beside the message.</summary>
public sealed record CoseContext
{
    /// <summary>Nothing beside the message.</summary>
    public static CoseContext None { get; } = new();

    /// <summary>The payload, where the message does not carry it.</summary>
    public ReadOnlyMemory<byte>? DetachedPayload { get; init; }

    /// <summary>external_aad: further bytes that the signature covers.</summary>
    public ReadOnlyMemory<byte> ExternalData { get; init; }

    /// <summary>The algorithm, where it is known otherwise than by the protected header. The header must not say another.</summary>
    public CoseAlgorithm? Algorithm { get; init; }

    /// <summary>Labels, beyond those of <see cref="CoseLabels"/>, that may be critical because the caller processes them.</summary>
    public ImmutableHashSet<CoseLabel> Understood { get; init; } = [];
}
