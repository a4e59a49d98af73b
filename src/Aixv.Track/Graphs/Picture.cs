using Aixv.Track.Lineage;

namespace Aixv.Track.Graphs;

/// <summary>The part of the graph around a node that a page shows: the nearest nodes, a few of each kind of neighbour, and how many more there are.</summary>
internal sealed class Picture
{
    /// <summary>How many neighbours of a node are shown for each relation and direction.</summary>
    public const int Shown = 12;

    private const int MaximumEdges = 500_000;
    private readonly Dictionary<(int Node, bool Up), Neighbours> read = [];
    private readonly EdgeLabels labels = new();
    private readonly List<int> nodes;
    private readonly HashSet<int> seen;
    private readonly List<(int Node, bool Up)> places;
    private int budget = MaximumEdges;

    private Picture(GraphReader graph, int root) => (Graph, Root, nodes, seen, places) = (graph, root, [root], [root], [(root, true), (root, false)]);

    public GraphReader Graph { get; }

    public int Root { get; }

    /// <summary>Nearest first, the root among them.</summary>
    public IReadOnlyList<int> Nodes => nodes;

    public EdgeLabels Labels => labels;

    /// <summary>Whether there were more nodes than were asked for, or more edges than are looked at.</summary>
    public bool IsTruncated { get; private set; }

    /// <param name="graph">The graph at the moment that is shown.</param>
    /// <param name="root">The node in the middle.</param>
    /// <param name="up">How many edges towards what it was made of.</param>
    /// <param name="down">How many edges towards what was made of it.</param>
    /// <param name="limit">The most nodes.</param>
    public static Picture Of(GraphReader graph, int root, int up, int down, int limit)
    {
        var picture = new Picture(graph, root);
        var (above, below) = (new List<int> { root }, new List<int> { root });
        for (var distance = 1; distance <= Math.Max(up, down) && above.Count + below.Count > 0; distance++)
        {
            above = distance <= up ? picture.Widen(above, true, limit) : [];
            below = distance <= down ? picture.Widen(below, false, limit) : [];
        }

        return picture;
    }

    private List<int> Widen(List<int> level, bool up, int limit)
    {
        var next = new List<int>();
        foreach (var node in level)
        {
            foreach (var (_, group) in Of(node, up).Groups)
            {
                foreach (var other in group.Take(Shown).Select(n => n.Node).Where(n => !seen.Contains(n)))
                {
                    if (nodes.Count >= limit)
                    {
                        IsTruncated = true;
                        break;
                    }

                    seen.Add(other);
                    nodes.Add(other);
                    places.Add((other, up));
                    next.Add(other);
                }
            }
        }

        return next;
    }

    /// <summary>The neighbours of a shown node.</summary>
    public Neighbours Of(int node, bool up)
    {
        if (!read.TryGetValue((node, up), out var found))
        {
            read[(node, up)] = found = Neighbours.Read(Graph, labels, node, up, ref budget);
            IsTruncated |= found.IsPartial;
        }

        return found;
    }

    /// <summary>The edges between nodes that are shown, each relation between two nodes once.</summary>
    public IEnumerable<int> Edges() => nodes.SelectMany(node => Of(node, up: true).Groups.SelectMany(g => g.Value).Where(n => seen.Contains(n.Node)).Select(n => n.Edge));

    /// <summary>What is not shown: of the root both ways, of the others beyond them, in the direction in which they were reached.</summary>
    public IEnumerable<Group> Groups() =>
        from place in places
        from relation in Of(place.Node, place.Up).Groups
        let hidden = relation.Value.Count(n => !seen.Contains(n.Node))
        where hidden > 0
        select new Group(place.Node, place.Up, relation.Key, hidden, relation.Value.TakeWhile(n => seen.Contains(n.Node)).Count());

    /// <param name="Node">Whose neighbours.</param>
    /// <param name="Up">In which direction.</param>
    /// <param name="Relation">By which relation.</param>
    /// <param name="Count">How many are not shown.</param>
    /// <param name="Skip">How many of the first are shown.</param>
    internal readonly record struct Group(int Node, bool Up, string Relation, int Count, int Skip);
}
