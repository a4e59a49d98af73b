namespace Aixv.Transparency.Writing;

/// <summary>Chunks to use again, so that appending allocates no buffers.</summary>
internal sealed class LeafChunkPool(int capacity)
{
    private readonly Stack<LeafChunk> free = new();

    internal LeafChunk Rent()
    {
        lock (free)
        {
            return free.TryPop(out var chunk) ? chunk : new LeafChunk();
        }
    }

    internal void Return(List<LeafChunk> chunks)
    {
        lock (free)
        {
            foreach (var chunk in chunks.Where(_ => free.Count < capacity))
            {
                chunk.Clear();
                free.Push(chunk);
            }
        }

        chunks.Clear();
    }
}
