using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Storage;

/// <summary>Where a log is kept: its public files, and the private journals that make appends durable.</summary>
/// <remarks>One writer uses it at a time, under <see cref="LockAsync"/>; any number may read. Failures are exceptions.</remarks>
public interface ITileStore : ITileSource
{
    /// <summary>The name of the checkpoint's file.</summary>
    const string CheckpointPath = "checkpoint";

    /// <summary>Keeps every other writer out until disposed, or the process ends.</summary>
    /// <exception cref="IOException">Another writer has the lock.</exception>
    ValueTask<IAsyncDisposable> LockAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes a public file. Readers see the old content or the new, never a part; it is durable after <see cref="SyncAsync"/>.</summary>
    ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Deletes the partial versions of a tile whose full one is published; readers then take that one.</summary>
    ValueTask DeletePartialsAsync(TilePath full, CancellationToken cancellationToken = default);

    /// <summary>Returns when everything written before the call would survive a power failure.</summary>
    ValueTask SyncAsync(CancellationToken cancellationToken = default);

    /// <summary>The numbers of the journals that exist, ascending.</summary>
    ValueTask<IReadOnlyList<ulong>> ListJournalsAsync(CancellationToken cancellationToken = default);

    /// <summary>Creates the journal of this number, or replaces it, durably and in one step, with this content.</summary>
    ValueTask<IJournal> CreateJournalAsync(ulong number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default);

    /// <summary>Opens a journal to read; the stream can seek.</summary>
    ValueTask<Stream> OpenJournalAsync(ulong number, CancellationToken cancellationToken = default);

    /// <summary>Deletes a journal.</summary>
    ValueTask DeleteJournalAsync(ulong number, CancellationToken cancellationToken = default);
}
