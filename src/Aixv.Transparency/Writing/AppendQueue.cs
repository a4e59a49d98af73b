using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>Where callers put entries and the writer takes batches. It holds a bounded number of them.</summary>
internal sealed class AppendQueue(TileLogOptions options) : IDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim ready = new(0);
    private readonly Queue<AppendBatch> waiting = new();
    private readonly LeafChunkPool pool = new((options.MaximumWaitingBatches + 2) * (options.MaximumBatchEntries / LeafChunk.MaximumEntries + 1));
    private AppendBatch current = new();
    private TaskCompletionSource room = NewSignal();
    private TaskCompletionSource full = NewSignal();
    private Exception? closed;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a leaf to the open batch; null when all batches are full, and then <paramref name="untilRoom"/> is to be waited for.</summary>
    internal AppendBatch? TryAdd(ReadOnlySpan<byte> leaf, out int offset, out Task untilRoom)
    {
        AppendBatch batch;
        LeafChunk chunk;
        int entry;
        lock (gate)
        {
            untilRoom = Task.CompletedTask;
            offset = 0;
            if (closed is not null)
            {
                throw closed;
            }

            if (IsFull(leaf.Length) && !TryStartNext())
            {
                untilRoom = room.Task;
                return null;
            }

            batch = current;
            (chunk, entry, offset) = batch.Reserve(leaf.Length, pool);
            if (batch.Count == 1)
            {
                ready.Release();
            }

            if (batch.Count == options.MaximumBatchEntries)
            {
                full.TrySetResult();
            }
        }

        batch.Fill(chunk, entry, leaf);
        return batch;
    }

    /// <summary>Adds leaves side by side to the open batch; null when there is no room for all, and then <paramref name="untilRoom"/> is to be waited for.</summary>
    /// <exception cref="ArgumentException">No batch holds so many.</exception>
    internal AppendBatch? TryAddAll(IReadOnlyList<ReadOnlyMemory<byte>> leaves, out int offset, out Task untilRoom)
    {
        var length = leaves.Sum(l => (long)l.Length + EntryBundle.PrefixLength);
        if (leaves.Count > options.MaximumBatchEntries || length > options.MaximumBatchBytes)
        {
            throw new ArgumentException($"log: {leaves.Count} entries of {length} bytes are more than a batch holds", nameof(leaves));
        }

        AppendBatch batch;
        var rooms = new (LeafChunk Chunk, int Entry)[leaves.Count];
        lock (gate)
        {
            (untilRoom, offset) = (Task.CompletedTask, 0);
            if (closed is not null)
            {
                throw closed;
            }

            var fits = current.Count + leaves.Count <= options.MaximumBatchEntries && current.Length + length <= options.MaximumBatchBytes;
            if (!fits && !TryStartNext())
            {
                untilRoom = room.Task;
                return null;
            }

            batch = current;
            var wasEmpty = batch.Count == 0;
            for (var i = 0; i < rooms.Length; i++)
            {
                (rooms[i].Chunk, rooms[i].Entry, var place) = batch.Reserve(leaves[i].Length, pool);
                offset = i == 0 ? place : offset;
            }

            if (wasEmpty)
            {
                ready.Release();
            }

            if (batch.Count == options.MaximumBatchEntries)
            {
                full.TrySetResult();
            }
        }

        for (var i = 0; i < rooms.Length; i++)
        {
            batch.Fill(rooms[i].Chunk, rooms[i].Entry, leaves[i].Span);
        }

        return batch;
    }

    private bool IsFull(int leafLength) => current.Count == options.MaximumBatchEntries
        || (current.Count > 0 && current.Length + leafLength > options.MaximumBatchBytes);

    private bool TryStartNext()
    {
        full.TrySetResult();
        if (waiting.Count >= options.MaximumWaitingBatches)
        {
            return false;
        }

        waiting.Enqueue(current);
        current = new AppendBatch();
        full = NewSignal();
        return true;
    }

    /// <summary>The next batch, or null when the queue is closed and empty.</summary>
    internal async ValueTask<AppendBatch?> TakeAsync(TimeProvider time)
    {
        await ready.WaitAsync().ConfigureAwait(false);
        if (options.CheckpointInterval > TimeSpan.Zero)
        {
            await WaitForCompanyAsync(time).ConfigureAwait(false);
        }

        lock (gate)
        {
            if (!waiting.TryDequeue(out var batch))
            {
                batch = current;
                current = new AppendBatch();
                full = NewSignal();
            }

            SignalRoom();
            return batch.Count > 0 ? batch : null;
        }
    }

    /// <summary>The next batch if it is full, without waiting.</summary>
    internal AppendBatch? TryTakeFull()
    {
        lock (gate)
        {
            if (waiting.Count == 0 || !ready.Wait(0))
            {
                return null;
            }

            SignalRoom();
            return waiting.Dequeue();
        }
    }

    private void SignalRoom()
    {
        var signal = room;
        room = NewSignal();
        signal.TrySetResult();
    }

    private async Task WaitForCompanyAsync(TimeProvider time)
    {
        Task isFull;
        lock (gate)
        {
            isFull = waiting.Count > 0 || closed is not null ? Task.CompletedTask : full.Task;
        }

        if (!isFull.IsCompleted)
        {
            await Task.WhenAny(isFull, Task.Delay(options.CheckpointInterval, time)).ConfigureAwait(false);
        }
    }

    internal void Recycle(AppendBatch batch) => pool.Return(batch.Chunks);

    /// <summary>Lets no more entries in; what is in is still taken.</summary>
    internal void Close(Exception reason)
    {
        lock (gate)
        {
            if (closed is null)
            {
                closed = reason;
                full.TrySetResult();
                room.TrySetResult();
                ready.Release();
            }
        }
    }

    public void Dispose() => ready.Dispose();
}
