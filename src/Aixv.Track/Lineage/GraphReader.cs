using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Lineage;

/// <summary>The graph at one moment as one reader may see it.</summary>
/// <param name="nodes">The nodes.</param>
/// <param name="edges">The edges.</param>
/// <param name="moment">Edges from this number on came later.</param>
/// <param name="relations">The words of relations.</param>
/// <param name="view">Whose edges are seen.</param>
internal sealed class GraphReader(NodeNumbers nodes, EdgeChains.Reading edges, int moment, string[] relations, TenantView view)
{
    /// <summary>A number for this moment: a later reader that is given it walks the same graph.</summary>
    public int Moment => moment;

    /// <summary>The same as it was at an earlier moment.</summary>
    public GraphReader At(int earlier) => new(nodes, edges, Math.Min(earlier, moment), relations, view);

    /// <summary>The node's number; −1 where no edge that the view sees knows it: that others know it is not told.</summary>
    public int Find(NodeKey node) =>
        nodes.Find(node.Bytes.Span) is var number and >= 0 && (EdgesOf(number, up: true).Any() || EdgesOf(number, up: false).Any()) ? number : -1;

    /// <summary>Whether the node is an artifact with a digest.</summary>
    public bool IsDigest(int node) => NodeKey.IsDigest(nodes.KeyOf(node));

    public NodeKey KeyOf(int node) => NodeKey.FromBytes(nodes.KeyOf(node));

    /// <summary>An edge in words.</summary>
    public IndexEdge EdgeOf(int edge) => new(KeyOf(edges[edge].Child), relations[edges[edge].Relation], KeyOf(edges[edge].Parent));

    /// <summary>The word that the index has for an edge.</summary>
    public string RelationOf(int edge) => relations[edges[edge].Relation];

    public int ParentOf(int edge) => edges[edge].Parent;

    public int ChildOf(int edge) => edges[edge].Child;

    /// <summary>The log index of the entry that says so.</summary>
    public long IndexOf(int edge) => edges[edge].Index;

    /// <summary>The edges that leave (<paramref name="up"/>: towards parents) or reach a node.</summary>
    public IEnumerable<int> EdgesOf(int node, bool up)
    {
        for (var edge = edges.First(node, up); edge >= 0 && edge < moment; edge = edges.Next(edge, up))
        {
            if (view.Sees(new Realm(edges[edge].Realm), edges[edge].IsPublic))
            {
                yield return edge;
            }
        }
    }

    public int CountOf(int node, bool up) => EdgesOf(node, up).Select(edge => up ? edges[edge].Parent : edges[edge].Child).Distinct().Count();

    /// <summary>Every node that is reached, nearest first, each once with the edge that reached it first.</summary>
    public IEnumerable<Reached> Walk(int start, bool up, int depth)
    {
        var seen = new HashSet<int> { start };
        var level = new List<int> { start };
        for (var distance = 1; distance <= depth && level.Count > 0; distance++)
        {
            var next = new List<int>();
            foreach (var node in level)
            {
                foreach (var edge in EdgesOf(node, up))
                {
                    var other = up ? edges[edge].Parent : edges[edge].Child;
                    if (seen.Add(other))
                    {
                        next.Add(other);
                        yield return new Reached(other, distance, edge);
                    }
                }
            }

            level = next;
        }
    }

    /// <summary>A node with how far away it is, and the edge by which it was reached.</summary>
    internal readonly record struct Reached(int Node, int Depth, int Edge);
}
