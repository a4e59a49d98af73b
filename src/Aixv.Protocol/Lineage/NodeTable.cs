using System.Numerics;

namespace Aixv.Protocol.Lineage;

/// <summary>The nodes of a graph by number: a 32-byte key and flags each, and an order by key for look-ups. At most 46 bytes a node with the edges' starts.</summary>
/// <param name="Keys">32 bytes a node: the digest, or <see cref="DescribedKey"/> of what has none.</param>
/// <param name="Flags">A byte a node.</param>
/// <param name="Order">Node numbers sorted by key.</param>
/// <param name="Buckets">Where keys with each leading bits start in <paramref name="Order"/>; a power of two and one more.</param>
internal sealed record NodeTable(byte[] Keys, NodeFlags[] Flags, int[] Order, int[] Buckets)
{
    internal const int KeyLength = 32;

    internal int Count => Flags.Length;

    internal ReadOnlySpan<byte> Key(int node) => Keys.AsSpan(node * KeyLength, KeyLength);

    /// <summary>The node with this key; -1 when there is none.</summary>
    internal int Find(ReadOnlySpan<byte> key)
    {
        if (Count == 0)
        {
            return -1;
        }

        var bucket = BucketOf(key, Buckets.Length - 1);
        var (low, high) = (Buckets[bucket], Buckets[bucket + 1] - 1);
        while (low <= high)
        {
            var middle = low + ((high - low) / 2);
            var order = Key(Order[middle]).SequenceCompareTo(key);
            if (order == 0)
            {
                return Order[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>Sorts the nodes: by leading bits in one pass, then each bucket. A bucket that hostile keys fill is sorted all the same.</summary>
    internal static NodeTable Create(byte[] keys, NodeFlags[] flags)
    {
        var count = flags.Length;
        var buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, count / 4));
        var starts = new int[buckets + 1];
        for (var node = 0; node < count; node++)
        {
            starts[BucketOf(keys.AsSpan(node * KeyLength, KeyLength), buckets) + 1]++;
        }

        for (var i = 0; i < buckets; i++)
        {
            starts[i + 1] += starts[i];
        }

        var next = starts.AsSpan(0, buckets).ToArray();
        var order = new int[count];
        for (var node = 0; node < count; node++)
        {
            order[next[BucketOf(keys.AsSpan(node * KeyLength, KeyLength), buckets)]++] = node;
        }

        var byKey = Comparer<int>.Create((a, b) =>
            keys.AsSpan(a * KeyLength, KeyLength).SequenceCompareTo(keys.AsSpan(b * KeyLength, KeyLength)));
        for (var i = 0; i < buckets; i++)
        {
            if (starts[i + 1] - starts[i] > 1)
            {
                order.AsSpan(starts[i], starts[i + 1] - starts[i]).Sort(byKey);
            }
        }

        return new NodeTable(keys, flags, order, starts);
    }

    private static int BucketOf(ReadOnlySpan<byte> key, int buckets) =>
        (int)((System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(key) * (ulong)buckets) >> 32);
}
