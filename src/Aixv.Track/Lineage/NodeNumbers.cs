using System.Buffers.Binary;

namespace Aixv.Track.Lineage;

/// <summary>Numbers the nodes of a graph: their keys in one block of memory and a hash table over it. One writer; readers may read meanwhile.</summary>
/// <remarks>A key can be given the number of another node: then it is another name of that node.</remarks>
internal sealed class NodeNumbers
{
    private const int ChunkBits = 22;
    private const int ChunkSize = 1 << ChunkBits;
    private byte[][] chunks = [new byte[ChunkSize]];
    private long used;
    private long[] starts = new long[1024];
    private Table table = new(2048);

    /// <summary>How many nodes there are.</summary>
    public int Count { get; private set; }

    /// <summary>The key under which a node was first numbered.</summary>
    public ReadOnlySpan<byte> KeyOf(int node) => ReadAt(Volatile.Read(ref starts)[node]);

    /// <summary>The node's number; −1 for one that is not known.</summary>
    public int Find(ReadOnlySpan<byte> key)
    {
        var current = Volatile.Read(ref table);
        for (var slot = SlotOf(current, key); ; slot = (slot + 1) & current.Mask)
        {
            var entry = Volatile.Read(ref current.Slots[slot]);
            if (entry == 0)
            {
                return -1;
            }

            if (ReadAt(current.Places[entry - 1]).SequenceEqual(key))
            {
                return current.Nodes[entry - 1];
            }
        }
    }

    /// <summary>The node's number, a new one for a new node.</summary>
    public int Number(ReadOnlySpan<byte> key)
    {
        if (Find(key) is var known and >= 0)
        {
            return known;
        }

        var place = Store(key);
        if (Count == starts.Length)
        {
            var more = new long[starts.Length * 2];
            starts.CopyTo(more, 0);
            Volatile.Write(ref starts, more);
        }

        starts[Count] = place;
        Insert(place, Count, key);
        return Count++;
    }

    /// <summary>Makes a key another name of a node; false when the key has a number already.</summary>
    public bool TryAlias(ReadOnlySpan<byte> key, int node)
    {
        if (Find(key) >= 0)
        {
            return false;
        }

        Insert(Store(key), node, key);
        return true;
    }

    private long Store(ReadOnlySpan<byte> key)
    {
        if ((used & (ChunkSize - 1)) + key.Length + 2 > ChunkSize)
        {
            used = (used | (ChunkSize - 1)) + 1;
        }

        var chunk = (int)(used >> ChunkBits);
        if (chunk == chunks.Length)
        {
            Volatile.Write(ref chunks, [.. chunks, new byte[ChunkSize]]);
        }

        var target = chunks[chunk].AsSpan((int)(used & (ChunkSize - 1)));
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)key.Length);
        key.CopyTo(target[2..]);
        var place = used;
        used += key.Length + 2;
        return place;
    }

    private ReadOnlySpan<byte> ReadAt(long place)
    {
        var source = Volatile.Read(ref chunks)[(int)(place >> ChunkBits)].AsSpan((int)(place & (ChunkSize - 1)));
        return source.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(source));
    }

    private void Insert(long place, int node, ReadOnlySpan<byte> key)
    {
        if (table.Used * 2 >= table.Slots.Length)
        {
            var larger = new Table(table.Slots.Length * 2);
            for (var i = 0; i < table.Used; i++)
            {
                larger.Add(SlotOf(larger, ReadAt(table.Places[i])), table.Places[i], table.Nodes[i]);
            }

            Volatile.Write(ref table, larger);
        }

        table.Add(SlotOf(table, key), place, node);
    }

    /// <summary>Digests are random already; of names every byte counts.</summary>
    private static int SlotOf(Table table, ReadOnlySpan<byte> key)
    {
        var hash = 14695981039346656037UL;
        unchecked
        {
            foreach (var b in key)
            {
                hash = (hash ^ b) * 1099511628211UL;
            }

            return (int)(hash ^ (hash >> 32)) & table.Mask;
        }
    }

    /// <summary>Open addressing; an entry is visible once its slot is written.</summary>
    private sealed class Table(int capacity)
    {
        public int[] Slots { get; } = new int[capacity];

        public long[] Places { get; } = new long[(capacity / 2) + 1];

        public int[] Nodes { get; } = new int[(capacity / 2) + 1];

        public int Mask => Slots.Length - 1;

        public int Used { get; private set; }

        public void Add(int slot, long place, int node)
        {
            (Places[Used], Nodes[Used]) = (place, node);
            while (Slots[slot] != 0)
            {
                slot = (slot + 1) & Mask;
            }

            Used++;
            Volatile.Write(ref Slots[slot], Used);
        }
    }
}
