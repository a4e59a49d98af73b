using System.Collections.Immutable;

namespace Aixv.Sigstore.Bundles;

/// <summary>A transparency log entry as bundles and Rekor v2 carry it (<c>TransparencyLogEntry</c> of sigstore_rekor.proto).</summary>
public sealed record LogEntry
{
    /// <summary>The entry's index. In Rekor v1 it counts over all shards and differs from the proof's.</summary>
    public required long LogIndex { get; init; }

    /// <summary>The log's key id, 32 bytes in real bundles.</summary>
    public required ReadOnlyMemory<byte> LogId { get; init; }

    /// <summary>Such as <c>hashedrekord</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Such as <c>0.0.1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Unix seconds; 0 where the log gives no time (Rekor v2). Means nothing unless the promise is verified.</summary>
    public long IntegratedTime { get; init; }

    /// <summary>The signed entry timestamp (Rekor v1), or null.</summary>
    public ReadOnlyMemory<byte>? InclusionPromise { get; init; }

    public LogInclusion? Inclusion { get; init; }

    /// <summary>The log's leaf, as stored.</summary>
    public required ReadOnlyMemory<byte> CanonicalizedBody { get; init; }
}

/// <summary>A proof that a leaf is in the tree of a checkpoint (<c>InclusionProof</c> of sigstore_rekor.proto).</summary>
/// <param name="LogIndex">The leaf's index in the tree.</param>
/// <param name="TreeSize">A hint; the checkpoint's counts.</param>
/// <param name="RootHash">A hint; the checkpoint's counts.</param>
/// <param name="Hashes">Sibling hashes from the leaf upwards.</param>
/// <param name="Checkpoint">The signed note, as text.</param>
public sealed record LogInclusion(
    long LogIndex, long TreeSize, ReadOnlyMemory<byte> RootHash, ImmutableArray<ReadOnlyMemory<byte>> Hashes, string Checkpoint);
