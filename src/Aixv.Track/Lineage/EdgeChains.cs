using Aixv.Track.Indexing;

namespace Aixv.Track.Lineage;

/// <summary>The edges of a graph in memory, appended one by one; each node has a chain of those that leave it and one of those that reach it, oldest first.</summary>
/// <remarks>
/// One writer; readers may read meanwhile and see a part of the newest edges. An edge's number never changes, so a number is a moment. A twin is an
/// edge that says that two nodes are the same; twins have chains of their own, so that a walk finds them without a look at the others.
/// </remarks>
internal sealed class EdgeChains
{
    private readonly Chunks<Edge> edges = new();
    private readonly Chunks<Links> next = new();
    private readonly Chunks<Chain> up = new();
    private readonly Chunks<Chain> down = new();
    private readonly Chunks<Links> twins = new();
    private int count;

    public int Count => Volatile.Read(ref count);

    public void Append(int child, int parent, ushort relation, Realm realm, bool isPublic, long index, bool isDescribed = false)
    {
        var edge = Add(child, parent, relation, realm, isPublic, index, isDescribed);
        Link(ref up.Make(child), edge, isUp: true);
        Link(ref down.Make(parent), edge, isUp: false);
        Volatile.Write(ref count, edge + 1);
    }

    private int Add(int child, int parent, ushort relation, Realm realm, bool isPublic, long index, bool isDescribed)
    {
        var edge = Count;
        edges.Make(edge) = new Edge(child, parent, (uint)realm.Number, (uint)index, relation, isPublic, isDescribed);
        next.Make(edge) = default;
        return edge;
    }

    private void Link(ref Chain chain, int edge, bool isUp)
    {
        if (chain.Last == 0)
        {
            Volatile.Write(ref chain.First, edge + 1);
        }
        else
        {
            ref var before = ref next.At(chain.Last - 1);
            Volatile.Write(ref isUp ? ref before.Up : ref before.Down, edge + 1);
        }

        chain.Last = edge + 1;
    }

    /// <summary>Says that two nodes are the same.</summary>
    public void AppendTwin(int name, int digest, ushort relation, Realm realm, bool isPublic, long index)
    {
        var edge = Add(name, digest, relation, realm, isPublic, index, isDescribed: true);
        ref var before = ref next.At(edge);
        (before.Up, before.Down) = (twins.Make(name).Up, twins.Make(digest).Down);
        Volatile.Write(ref count, edge + 1);
        Volatile.Write(ref twins.At(name).Up, edge + 1);
        Volatile.Write(ref twins.At(digest).Down, edge + 1);
    }

    /// <summary>Takes edges back that leave a node: who reads from now on does not see them.</summary>
    public void Withdraw(int child, Func<Edge, bool> isWanted)
    {
        var (now, reading) = (Count, Read());
        var any = false;
        for (var edge = reading.First(child, up: true); edge >= 0; edge = reading.Next(edge, up: true))
        {
            any |= Withdraw(edge, now, isWanted);
        }

        for (var edge = reading.FirstTwin(child, up: true); edge >= 0; edge = reading.Next(edge, up: true))
        {
            any |= Withdraw(edge, now, isWanted);
        }

        if (any)
        {
            // A moment of its own, from which they are gone.
            edges.Make(now) = default;
            Volatile.Write(ref count, now + 1);
        }
    }

    private bool Withdraw(int number, int now, Func<Edge, bool> isWanted)
    {
        ref var edge = ref edges.At(number);
        if (edge.Until != 0 || !isWanted(edge))
        {
            return false;
        }

        Volatile.Write(ref edge.Until, now);
        return true;
    }

    /// <summary>A stable look at what is there now.</summary>
    public Reading Read() => new(this, Count);

    /// <summary>One edge.</summary>
    internal struct Edge(int child, int parent, uint realm, uint index, ushort relation, bool isPublic, bool isDescribed)
    {
        public int Until;
        public readonly int Child = child;
        public readonly int Parent = parent;
        public readonly uint Realm = realm;

        /// <summary>The log index of the entry that says so.</summary>
        public readonly uint Index = index;
        public readonly ushort Relation = relation;
        public readonly bool IsPublic = isPublic;

        /// <summary>Whether it is imported, and nobody vouches for it.</summary>
        public readonly bool IsDescribed = isDescribed;
    }

    internal struct Chain
    {
        public int First;
        public int Last;
    }

    internal struct Links
    {
        public int Up;
        public int Down;
    }

    internal readonly struct Reading(EdgeChains chains, int count)
    {
        public ref readonly Edge this[int edge] => ref chains.edges.At(edge);

        /// <summary>Whether an edge is still there for who reads at a moment.</summary>
        public bool IsThere(int edge, int moment) => Volatile.Read(ref chains.edges.At(edge).Until) is var until && (until == 0 || moment <= until);

        /// <summary>The first edge that leaves (<paramref name="up"/>: towards parents) or reaches a node; −1 for none.</summary>
        public int First(int node, bool up) => (up ? chains.up : chains.down) is var all && all.Has(node) ? Known(Volatile.Read(ref all.At(node).First)) : -1;

        /// <summary>The next edge of the same chain; −1 at its end.</summary>
        public int Next(int edge, bool up) => Known(up ? Volatile.Read(ref chains.next.At(edge).Up) : Volatile.Read(ref chains.next.At(edge).Down));

        /// <summary>The newest twin of a name (<paramref name="up"/>: its digest) or of a digest; −1 for none. <see cref="Next"/> leads to older ones.</summary>
        public int FirstTwin(int node, bool up)
        {
            if (!chains.twins.Has(node))
            {
                return -1;
            }

            // What is newer than this reading is passed over: older ones are behind it.
            var edge = (up ? Volatile.Read(ref chains.twins.At(node).Up) : Volatile.Read(ref chains.twins.At(node).Down)) - 1;
            while (edge >= count)
            {
                edge = (up ? Volatile.Read(ref chains.next.At(edge).Up) : Volatile.Read(ref chains.next.At(edge).Down)) - 1;
            }

            return edge;
        }

        private int Known(int link) => link <= count ? link - 1 : -1;
    }
}
