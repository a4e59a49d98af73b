namespace Aixv.Transparency.Writing;

/// <summary>How a <see cref="TileLog"/> batches. The defaults suit a server on a local disk.</summary>
public sealed record TileLogOptions
{
    /// <summary>The checkpoint's first line; the signer's name where not given.</summary>
    public string? Origin { get; init; }

    /// <summary>How long the first entry of a batch waits for company. Zero: batches form only while the one before is written.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.Zero;

    /// <summary>The most entries under one sync, one signature and one checkpoint.</summary>
    public int MaximumBatchEntries { get; init; } = 4096;

    /// <summary>The most bytes of entries in a batch; a batch that would exceed it is closed early.</summary>
    public int MaximumBatchBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>The full batches that may wait for the one being written; beyond that, appending waits.</summary>
    public int MaximumWaitingBatches { get; init; } = 2;

    /// <summary>The journal's length after which a new one begins and the tiles are synced. It bounds what reopening reads.</summary>
    public long JournalBytes { get; init; } = 64L * 1024 * 1024;

    internal TileLogOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointInterval, TimeSpan.Zero, nameof(CheckpointInterval));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBatchEntries, 1, nameof(MaximumBatchEntries));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumBatchEntries, JournalFrame.MaximumEntries, nameof(MaximumBatchEntries));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaximumBatchBytes, 1, nameof(MaximumBatchBytes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaximumBatchBytes, JournalFrame.MaximumBytes - LeafChunk.Capacity, nameof(MaximumBatchBytes));
        ArgumentOutOfRangeException.ThrowIfNegative(MaximumWaitingBatches, nameof(MaximumWaitingBatches));
        ArgumentOutOfRangeException.ThrowIfLessThan(JournalBytes, 1, nameof(JournalBytes));
        return this;
    }
}
