using Aixv.Track.Indexing;

namespace Aixv.Track.Lineage;

/// <summary>The edges of a graph in memory, appended one by one; each node has a chain of those that leave it and one of those that reach it, oldest first.</summary>
/// <remarks>One writer; readers may read meanwhile and see a part of the newest edges. An edge's number never changes, so a number is a moment.</remarks>
internal sealed class EdgeChains
{
    private Arrays data = new(1024, 1024);
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Append(int child, int parent, byte relation, Realm realm, bool isPublic, long index)
    {
        var needed = Math.Max(child, parent) + 1;
        if (Count == data.Edges.Length || needed > data.Up.Length)
        {
            Volatile.Write(ref data, data.Grow(Count == data.Edges.Length ? Count * 2 : data.Edges.Length, Math.Max(data.Up.Length, needed > data.Up.Length ? needed * 2 : 0)));
        }

        var edge = Count;
        data.Edges[edge] = new Edge(child, parent, realm.Number, (uint)index, relation, isPublic);
        Link(data.Up, data.NextUp, child, edge);
        Link(data.Down, data.NextDown, parent, edge);
        Volatile.Write(ref count, edge + 1);
    }

    private static void Link(Chain[] chains, int[] next, int node, int edge)
    {
        var chain = chains[node];
        if (chain.Last == 0)
        {
            Volatile.Write(ref chains[node].First, edge + 1);
        }
        else
        {
            Volatile.Write(ref next[chain.Last - 1], edge + 1);
        }

        chains[node].Last = edge + 1;
    }

    /// <summary>A stable look at what is there now.</summary>
    public Reading Read() => new(Volatile.Read(ref data));

    /// <summary>One edge.</summary>
    /// <param name="Index">The log index of the entry that says so.</param>
    internal readonly record struct Edge(int Child, int Parent, long Realm, uint Index, byte Relation, bool IsPublic);

    internal struct Chain
    {
        public int First;
        public int Last;
    }

    internal sealed class Arrays(int edges, int nodes)
    {
        public Edge[] Edges { get; } = new Edge[edges];

        public int[] NextUp { get; } = new int[edges];

        public int[] NextDown { get; } = new int[edges];

        public Chain[] Up { get; } = new Chain[nodes];

        public Chain[] Down { get; } = new Chain[nodes];

        public Arrays Grow(int edges, int nodes)
        {
            var larger = new Arrays(edges, nodes);
            Edges.CopyTo(larger.Edges, 0);
            NextUp.CopyTo(larger.NextUp, 0);
            NextDown.CopyTo(larger.NextDown, 0);
            Up.CopyTo(larger.Up, 0);
            Down.CopyTo(larger.Down, 0);
            return larger;
        }
    }

    internal readonly struct Reading(Arrays data)
    {
        public Edge this[int edge] => data.Edges[edge];

        /// <summary>The first edge that leaves (<paramref name="up"/>: towards parents) or reaches a node; −1 for none.</summary>
        public int First(int node, bool up)
        {
            var chains = up ? data.Up : data.Down;
            return node < chains.Length ? Volatile.Read(ref chains[node].First) - 1 : -1;
        }

        /// <summary>The next edge of the same chain; −1 at its end.</summary>
        public int Next(int edge, bool up) => Volatile.Read(ref (up ? data.NextUp : data.NextDown)[edge]) - 1;
    }
}
