using Aixv.Transparency.Merkle;

namespace Aixv.Authority.RekorLog;

/// <summary>The entries of late, by leaf hash, so that one entry is not logged twice. Old ones are forgotten: a duplicate does no harm.</summary>
internal sealed class RecentEntries(int capacity)
{
    private readonly Lock gate = new();
    private readonly Dictionary<MerkleHash, Task<ulong>> indexes = [];
    private readonly Queue<MerkleHash> order = new();

    /// <summary>The index that an equal entry has or is about to get; null if there is none, and then <paramref name="index"/> stands for it.</summary>
    public Task<ulong>? FindOrAdd(MerkleHash leaf, Task<ulong> index)
    {
        lock (gate)
        {
            if (indexes.TryGetValue(leaf, out var known))
            {
                return known;
            }

            indexes.Add(leaf, index);
            order.Enqueue(leaf);
            if (order.Count > capacity)
            {
                indexes.Remove(order.Dequeue());
            }

            return null;
        }
    }

    /// <summary>Forgets an entry that could not be appended.</summary>
    public void Remove(MerkleHash leaf)
    {
        lock (gate)
        {
            indexes.Remove(leaf);
        }
    }
}
