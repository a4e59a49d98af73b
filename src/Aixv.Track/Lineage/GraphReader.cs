using Aixv.Track.Attestations;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Lineage;

/// <summary>The graph at one moment as one reader may see it.</summary>
/// <remarks>
/// A described name and the digest that it is said to have are one node here, called by the digest. <see cref="WithoutDescribed"/> knows nothing of
/// what was imported: verdicts, advisories and exports are made of that.
/// </remarks>
/// <param name="nodes">The nodes.</param>
/// <param name="edges">The edges.</param>
/// <param name="moment">Edges from this number on came later.</param>
/// <param name="relations">The words of relations.</param>
/// <param name="view">Whose edges are seen.</param>
/// <param name="isDescribed">Whether what was imported is seen.</param>
internal sealed class GraphReader(NodeNumbers nodes, EdgeChains.Reading edges, int moment, RelationWords relations, TenantView view, bool isDescribed = true)
{
    /// <summary>Beyond these, twins of twins are not followed.</summary>
    private const int MaximumTwins = 64;

    /// <summary>A number for this moment: a later reader that is given it walks the same graph.</summary>
    public int Moment => moment;

    /// <summary>The same as it was at an earlier moment.</summary>
    public GraphReader At(int earlier) => new(nodes, edges, Math.Min(earlier, moment), relations, view, isDescribed);

    /// <summary>The same without what was imported.</summary>
    public GraphReader WithoutDescribed() => new(nodes, edges, moment, relations, view, isDescribed: false);

    /// <summary>The node's number; −1 where no edge that the view sees knows it: that others know it is not told.</summary>
    public int Find(NodeKey node) => nodes.Find(node.Bytes.Span) is var number and >= 0 && IsKnown(number) ? NodeOf(number) : -1;

    private bool IsKnown(int node) => HasEdge(node, up: true) || HasEdge(node, up: false) || HasTwin(node, up: true) || HasTwin(node, up: false);

    private bool HasEdge(int node, bool up)
    {
        for (var edge = edges.First(node, up); edge >= 0 && edge < moment; edge = edges.Next(edge, up))
        {
            if (Sees(edge))
            {
                return true;
            }
        }

        return false;
    }

    private bool HasTwin(int node, bool up) => isDescribed && NextTwin(edges.FirstTwin(node, up), up) >= 0;

    /// <summary>This twin or the next older one that is seen; −1 for none.</summary>
    private int NextTwin(int edge, bool up)
    {
        while (edge >= 0 && (edge >= moment || !Sees(edge)))
        {
            edge = edges.Next(edge, up);
        }

        return edge;
    }

    private bool Sees(int number)
    {
        ref readonly var edge = ref edges[number];
        return (isDescribed || !edge.IsDescribed) && view.Sees(new Realm(edge.Realm), edge.IsPublic) && edges.IsThere(number, moment);
    }

    /// <summary>How many edges are seen that were imported.</summary>
    public int CountDescribed()
    {
        var count = 0;
        var twins = new Dictionary<ushort, bool>();
        for (var number = 0; number < moment; number++)
        {
            if (!edges[number].IsDescribed || !Sees(number))
            {
                continue;
            }

            var relation = edges[number].Relation;
            if (!twins.TryGetValue(relation, out var isTwin))
            {
                twins[relation] = isTwin = EdgeWords.Read(relations.WordOf(relation)).Relationship == EdgeWords.Is;
            }

            count += isTwin ? 0 : 1;
        }

        return count;
    }

    /// <summary>Whether the node is an artifact with a digest.</summary>
    public bool IsDigest(int node) => NodeKey.IsDigest(nodes.KeyOf(node));

    public NodeKey KeyOf(int node) => NodeKey.FromBytes(nodes.KeyOf(node));

    /// <summary>An edge in words.</summary>
    public IndexEdge EdgeOf(int edge) => new(KeyOf(NodeOf(edges[edge].Child)), relations.WordOf(edges[edge].Relation), KeyOf(NodeOf(edges[edge].Parent)));

    /// <summary>The word that the index has for an edge.</summary>
    public string RelationOf(int edge) => relations.WordOf(edges[edge].Relation);

    public int ParentOf(int edge) => NodeOf(edges[edge].Parent);

    public int ChildOf(int edge) => NodeOf(edges[edge].Child);

    /// <summary>Whether the edge is imported.</summary>
    public bool IsDescribed(int edge) => edges[edge].IsDescribed;

    /// <summary>The log index of the entry that says so.</summary>
    public long IndexOf(int edge) => edges[edge].Index;

    /// <summary>The names that imports give a node, and its other digests; itself is not among them.</summary>
    public IReadOnlyList<NodeKey> TwinsOf(int node) => HasNoTwin(node) ? [] : [.. GroupOf(node).Where(n => n != node).Select(KeyOf)];

    private bool HasNoTwin(int node) => !isDescribed || (!HasTwin(node, up: true) && !HasTwin(node, up: false));

    /// <summary>The number that stands for a node and its twins: of the first digest among them.</summary>
    private int NodeOf(int node)
    {
        if (HasNoTwin(node))
        {
            return node;
        }

        var first = node;
        foreach (var twin in GroupOf(node))
        {
            if (IsDigest(twin) != IsDigest(first) ? IsDigest(twin) : twin < first)
            {
                first = twin;
            }
        }

        return first;
    }

    /// <summary>A node and all that is the same.</summary>
    private List<int> GroupOf(int node)
    {
        var group = new List<int> { node };
        for (var i = 0; i < group.Count && group.Count < MaximumTwins; i++)
        {
            foreach (var up in (ReadOnlySpan<bool>)[true, false])
            {
                for (var edge = NextTwin(edges.FirstTwin(group[i], up), up); edge >= 0 && group.Count < MaximumTwins; edge = NextTwin(edges.Next(edge, up), up))
                {
                    var other = up ? edges[edge].Parent : edges[edge].Child;
                    if (!group.Contains(other))
                    {
                        group.Add(other);
                    }
                }
            }
        }

        return group;
    }

    /// <summary>The edges that leave (<paramref name="up"/>: towards parents) or reach a node.</summary>
    public IEnumerable<int> EdgesOf(int node, bool up) => HasNoTwin(node) ? EdgesOfOne(node, up) : GroupOf(node).SelectMany(one => EdgesOfOne(one, up));

    private IEnumerable<int> EdgesOfOne(int node, bool up)
    {
        for (var edge = edges.First(node, up); edge >= 0 && edge < moment; edge = edges.Next(edge, up))
        {
            if (Sees(edge))
            {
                yield return edge;
            }
        }
    }

    /// <summary>How many nodes are next to a node.</summary>
    public int CountOf(int node, bool up)
    {
        var space = WalkSpace.Rent();
        try
        {
            foreach (var one in HasNoTwin(node) ? [node] : GroupOf(node))
            {
                for (var edge = edges.First(one, up); edge >= 0 && edge < moment; edge = edges.Next(edge, up))
                {
                    if (Sees(edge))
                    {
                        space.TrySee(NodeOf(up ? edges[edge].Parent : edges[edge].Child));
                    }
                }
            }

            return space.Count;
        }
        finally
        {
            space.Return();
        }
    }

    /// <summary>Every node that is reached, nearest first, each once with the edge that reached it first.</summary>
    public IEnumerable<Reached> Walk(int start, bool up, int depth)
    {
        var space = WalkSpace.Rent();
        try
        {
            space.TrySee(NodeOf(start));
            var (from, distance) = (0, 1);
            for (var end = space.Count; from < end && distance <= depth; end = space.Count, distance++)
            {
                for (; from < end; from++)
                {
                    var node = space[from];
                    var group = HasNoTwin(node) ? null : GroupOf(node);
                    for (var member = 0; member < (group?.Count ?? 1); member++)
                    {
                        for (var edge = edges.First(group is null ? node : group[member], up); edge >= 0 && edge < moment; edge = edges.Next(edge, up))
                        {
                            if (Sees(edge) && NodeOf(up ? edges[edge].Parent : edges[edge].Child) is var other && space.TrySee(other))
                            {
                                yield return new Reached(other, distance, edge);
                            }
                        }
                    }
                }
            }
        }
        finally
        {
            space.Return();
        }
    }

    /// <summary>A node with how far away it is, and the edge by which it was reached.</summary>
    internal readonly record struct Reached(int Node, int Depth, int Edge);
}
