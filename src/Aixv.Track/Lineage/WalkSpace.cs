using System.Collections.Concurrent;

namespace Aixv.Track.Lineage;

/// <summary>What a walk needs while it lasts: which nodes it has seen, and the nodes of the level. Lent out again and again.</summary>
internal sealed class WalkSpace
{
    private const int MaximumKept = 16;
    private static readonly ConcurrentBag<WalkSpace> Kept = [];
    private ulong[] seen = new ulong[1024];
    private int[] queue = new int[256];
    private int count;

    private WalkSpace()
    {
    }

    public static WalkSpace Rent() => Kept.TryTake(out var space) ? space : new WalkSpace();

    /// <summary>Gives it back, forgotten.</summary>
    public void Return()
    {
        if (count > seen.Length / 4)
        {
            Array.Clear(seen);
        }
        else
        {
            foreach (var node in queue.AsSpan(0, count))
            {
                seen[node >> 6] = 0;
            }
        }

        count = 0;
        if (Kept.Count < MaximumKept)
        {
            Kept.Add(this);
        }
    }

    /// <summary>How many nodes were seen.</summary>
    public int Count => count;

    /// <summary>A node that was seen, in the order in which they were.</summary>
    public int this[int number] => queue[number];

    /// <summary>Whether a node is seen for the first time.</summary>
    public bool TrySee(int node)
    {
        var (word, bit) = (node >> 6, 1UL << (node & 63));
        if (word >= seen.Length)
        {
            Array.Resize(ref seen, Math.Max(word + 1, seen.Length * 2));
        }

        if ((seen[word] & bit) != 0)
        {
            return false;
        }

        seen[word] |= bit;
        if (count == queue.Length)
        {
            Array.Resize(ref queue, queue.Length * 2);
        }

        queue[count++] = node;
        return true;
    }
}
