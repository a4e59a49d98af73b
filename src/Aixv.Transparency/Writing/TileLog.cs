using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>A log that one process appends to, kept as C2SP tlog-tiles. Safe for concurrent use.</summary>
/// <remarks>
/// After an I/O error the log takes no more entries until it is opened again; an entry whose append failed may be in it then,
/// an entry whose append was answered always is.
/// </remarks>
public sealed class TileLog : IAsyncDisposable
{
    private readonly ITileStore store;
    private readonly IAsyncDisposable storeLock;
    private readonly AppendQueue queue;
    private readonly BatchCommitter committer;
    private readonly TimeProvider time;
    private readonly Task running;
    private TileReader? reader;
    private IOException? failure;

    private TileLog(ITileStore store, IAsyncDisposable storeLock, BatchCommitter committer, TileLogOptions options, TimeProvider time)
    {
        this.store = store;
        this.storeLock = storeLock;
        this.committer = committer;
        this.time = time;
        queue = new AppendQueue(options);
        running = Task.Run(RunAsync);
    }

    /// <summary>Opens the log of a store, or makes one with an empty tree.</summary>
    /// <param name="signer">Signs the checkpoints; always the same key for one log.</param>
    /// <exception cref="IOException">Another process has it open.</exception>
    /// <exception cref="InvalidDataException">The store does not hold what was published, or is another key's log. Nothing was changed.</exception>
    public static async Task<TileLog> OpenAsync(
        ITileStore store, NoteSigner signer, TileLogOptions options, TimeProvider time, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(signer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var storeLock = await store.LockAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var committer = await BatchCommitter.OpenAsync(store, signer, options.Checked(), cancellationToken).ConfigureAwait(false);
            return new TileLog(store, storeLock, committer, options, time);
        }
        catch
        {
            await storeLock.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The last published checkpoint.</summary>
    public SignedNote LatestCheckpoint => committer.Latest.Note;

    /// <summary>The number of entries that <see cref="LatestCheckpoint"/> covers.</summary>
    public ulong Size => committer.Latest.Checkpoint.Size;

    /// <summary>Appends an entry and returns when it is durable and a published checkpoint covers it.</summary>
    /// <param name="leaf">At most 65,535 bytes. It is copied before this returns.</param>
    /// <param name="cancellationToken">Ends the wait; the entry may be appended nevertheless.</param>
    /// <exception cref="ArgumentException">The entry is too long.</exception>
    /// <exception cref="IOException">The batch could not be written.</exception>
    public async Task<AppendedEntry> AppendAsync(ReadOnlyMemory<byte> leaf, CancellationToken cancellationToken = default)
    {
        if (leaf.Length > EntryBundle.MaximumEntry)
        {
            throw new ArgumentException($"log: the entry has {leaf.Length} bytes, at most {EntryBundle.MaximumEntry} fit", nameof(leaf));
        }

        cancellationToken.ThrowIfCancellationRequested();
        int offset;
        AppendBatch? batch;
        while ((batch = queue.TryAdd(leaf.Span, out offset, out var untilRoom)) is null)
        {
            await untilRoom.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var published = await batch.Published.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new AppendedEntry(published, published.FirstIndex + (ulong)offset);
    }

    /// <summary>Appends entries one after another, in one batch, and returns when they are durable and a published checkpoint covers them.</summary>
    /// <param name="leaves">Each at most 65,535 bytes; together no more than a batch holds. They are copied before this returns.</param>
    /// <param name="cancellationToken">Ends the wait; the entries may be appended nevertheless.</param>
    /// <exception cref="ArgumentException">An entry is too long, or they are too many for one batch.</exception>
    /// <exception cref="IOException">The batch could not be written.</exception>
    public async Task<IReadOnlyList<AppendedEntry>> AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> leaves, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(leaves);
        if (leaves.FirstOrDefault(l => l.Length > EntryBundle.MaximumEntry) is { Length: > 0 and var length })
        {
            throw new ArgumentException($"log: an entry has {length} bytes, at most {EntryBundle.MaximumEntry} fit", nameof(leaves));
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (leaves.Count == 0)
        {
            return [];
        }

        int offset;
        AppendBatch? batch;
        while ((batch = queue.TryAddAll(leaves, out offset, out var untilRoom)) is null)
        {
            await untilRoom.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        var published = await batch.Published.WaitAsync(cancellationToken).ConfigureAwait(false);
        var appended = new AppendedEntry[leaves.Count];
        for (var i = 0; i < appended.Length; i++)
        {
            appended[i] = new AppendedEntry(published, published.FirstIndex + (ulong)(offset + i));
        }

        return appended;
    }

    private async Task RunAsync()
    {
        while (await queue.TakeAsync(time).ConfigureAwait(false) is { } batch)
        {
            for (var prepared = TryPrepare(batch); prepared is not null;)
            {
                var writing = Task.Run(() => committer.WriteAsync(prepared));

                // A batch that is full has nothing to wait for: its hashes are computed while the one before is written.
                var next = queue.TryTakeFull() is { } full ? TryPrepare(full) : null;
                if (!await TryFinishAsync(prepared, writing).ConfigureAwait(false))
                {
                    next?.Batch.Fail(failure!);
                    await FailRestAsync().ConfigureAwait(false);
                    return;
                }

                prepared = next;
            }
        }
    }

    private PreparedBatch? TryPrepare(AppendBatch batch)
    {
        try
        {
            return committer.Prepare(batch);
        }
        catch (Exception e)
        {
            batch.Fail(new IOException($"log: the batch was not appended: {e.Message}", e));
            return null;
        }
    }

    private async ValueTask<bool> TryFinishAsync(PreparedBatch prepared, Task writing)
    {
        try
        {
            await writing.ConfigureAwait(false);
            prepared.Batch.Publish(new PublishedBatch(prepared.FirstIndex, prepared.Note, prepared.Tree));
            queue.Recycle(prepared.Batch);
            return true;
        }
        catch (Exception e)
        {
            failure = new IOException($"log: stopped by a failure while writing, and takes no entries until it is opened again: {e.Message}", e);
            prepared.Batch.Fail(failure);
            queue.Close(failure);
            return false;
        }
    }

    private async ValueTask FailRestAsync()
    {
        while (await queue.TakeAsync(time).ConfigureAwait(false) is { } batch)
        {
            batch.Fail(failure!);
        }
    }

    /// <summary>The proof that an entry is in the tree of <paramref name="size"/> entries.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is not published yet, or the index not within it.</exception>
    public async Task<InclusionProof> ProveInclusionAsync(ulong index, ulong size, CancellationToken cancellationToken = default) =>
        await (await ReaderAsync(size, cancellationToken).ConfigureAwait(false)).ProveInclusionAsync(index, size, cancellationToken).ConfigureAwait(false);

    /// <summary>The proof that the tree of <paramref name="newSize"/> entries extends that of <paramref name="oldSize"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The new size is not published yet, or below the old one.</exception>
    public async Task<ConsistencyProof> ProveConsistencyAsync(ulong oldSize, ulong newSize, CancellationToken cancellationToken = default) =>
        await (await ReaderAsync(newSize, cancellationToken).ConfigureAwait(false)).ProveConsistencyAsync(oldSize, newSize, cancellationToken).ConfigureAwait(false);

    /// <summary>An entry's bytes, checked against the tree.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The entry is not published yet.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadEntryAsync(ulong index, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return await (await ReaderAsync(index + 1, cancellationToken).ConfigureAwait(false)).ReadEntryAsync(index, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A reader whose checkpoint covers this size: the last one made, where it does.</summary>
    private async ValueTask<TileReader> ReaderAsync(ulong size, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        var current = Volatile.Read(ref reader);
        if (current is null || current.Checkpoint.Size < size)
        {
            current = await TileReader.OpenAsync(store, committer.Latest.Checkpoint, cancellationToken).ConfigureAwait(false);
            Volatile.Write(ref reader, current);
        }

        return current;
    }

    /// <summary>Writes what is waiting, takes no more, and lets other processes open the log.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Close(new ObjectDisposedException(nameof(TileLog)));
        await running.ConfigureAwait(false);
        await committer.DisposeAsync().ConfigureAwait(false);
        await storeLock.DisposeAsync().ConfigureAwait(false);
    }
}
