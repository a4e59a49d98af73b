using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>The entries that share one sync, one signature and one answer.</summary>
internal sealed class AppendBatch
{
    private readonly TaskCompletionSource<PublishedBatch> published = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int filling;
    private volatile bool damaged;

    internal List<LeafChunk> Chunks { get; } = [];

    internal int Count { get; private set; }

    internal int Length { get; private set; }

    /// <summary>Ends when the batch is durable and published, or failed.</summary>
    internal Task<PublishedBatch> Published => published.Task;

    internal void Publish(PublishedBatch result) => published.SetResult(result);

    internal void Fail(Exception reason)
    {
        published.SetException(reason);
        _ = published.Task.Exception;
    }

    /// <summary>Takes room for a leaf; under the queue's lock.</summary>
    internal (LeafChunk Chunk, int Entry, int Offset) Reserve(int leafLength, LeafChunkPool pool)
    {
        if (Chunks.Count == 0 || !Chunks[^1].HasRoomFor(leafLength))
        {
            Chunks.Add(pool.Rent());
        }

        Interlocked.Increment(ref filling);
        Length += EntryBundle.PrefixLength + leafLength;
        return (Chunks[^1], Chunks[^1].Reserve(leafLength), Count++);
    }

    /// <summary>Fills room that was taken; outside the lock.</summary>
    internal void Fill(LeafChunk chunk, int entry, ReadOnlySpan<byte> leaf)
    {
        if (!TryFill(chunk, entry, leaf))
        {
            damaged = true;
        }

        Interlocked.Decrement(ref filling);
    }

    private static bool TryFill(LeafChunk chunk, int entry, ReadOnlySpan<byte> leaf)
    {
        try
        {
            chunk.Fill(entry, leaf);
            return true;
        }
        catch (Exception e) when (e is System.Security.Cryptography.CryptographicException or OutOfMemoryException)
        {
            return false;
        }
    }

    /// <summary>Waits for the callers that still copy and hash: microseconds, for room is taken only just before.</summary>
    /// <exception cref="IOException">One of them failed, so the batch cannot be written.</exception>
    internal void WaitUntilFilled()
    {
        var wait = default(SpinWait);
        while (Volatile.Read(ref filling) > 0)
        {
            wait.SpinOnce();
        }

        if (damaged)
        {
            throw new IOException("log: an entry of the batch could not be hashed; none of the batch was appended");
        }
    }

    internal MerkleHash[] LeafHashes()
    {
        var hashes = new MerkleHash[Count];
        var next = hashes.AsSpan();
        foreach (var chunk in Chunks)
        {
            chunk.Hashes.CopyTo(next);
            next = next[chunk.Count..];
        }

        return hashes;
    }
}
