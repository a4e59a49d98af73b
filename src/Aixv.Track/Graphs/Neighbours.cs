using Aixv.Track.Lineage;

namespace Aixv.Track.Graphs;

/// <summary>The neighbours of a node in one direction, by relation: those that a signed statement names first, then as the log has them.</summary>
internal sealed class Neighbours
{
    private readonly Dictionary<string, List<Neighbour>> groups = new(StringComparer.Ordinal);

    /// <summary>By relation, in a stable order.</summary>
    public IEnumerable<KeyValuePair<string, List<Neighbour>>> Groups => groups.OrderBy(g => g.Key, StringComparer.Ordinal);

    /// <summary>How many different nodes.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the budget ended before the edges did.</summary>
    public bool IsPartial { get; private set; }

    public IReadOnlyList<Neighbour> Of(string relation) => groups.GetValueOrDefault(relation) ?? [];

    /// <param name="budget">How many edges may still be looked at.</param>
    public static Neighbours Read(GraphReader graph, EdgeLabels labels, int node, bool up, ref int budget)
    {
        var found = new Neighbours();
        if (node < 0)
        {
            return found;
        }

        var seen = new HashSet<int>();
        var seenByRelation = new Dictionary<string, HashSet<int>>(StringComparer.Ordinal);
        var unsigned = new List<int>();
        foreach (var edge in graph.EdgesOf(node, up))
        {
            if (budget-- <= 0)
            {
                found.IsPartial = true;
                break;
            }

            if (labels.Of(graph, edge).IsAttested)
            {
                found.Add(graph, labels, edge, up, seen, seenByRelation);
            }
            else
            {
                unsigned.Add(edge);
            }
        }

        foreach (var edge in unsigned)
        {
            found.Add(graph, labels, edge, up, seen, seenByRelation);
        }

        found.Count = seen.Count;
        return found;
    }

    private void Add(GraphReader graph, EdgeLabels labels, int edge, bool up, HashSet<int> seen, Dictionary<string, HashSet<int>> seenByRelation)
    {
        var relation = labels.Of(graph, edge).Relation;
        var other = up ? graph.ParentOf(edge) : graph.ChildOf(edge);
        seen.Add(other);
        if (!groups.TryGetValue(relation, out var group))
        {
            groups[relation] = group = [];
            seenByRelation[relation] = [];
        }

        if (seenByRelation[relation].Add(other))
        {
            group.Add(new Neighbour(other, edge));
        }
    }

    /// <param name="Node">The other node.</param>
    /// <param name="Edge">The first edge to it, a signed one where there is one.</param>
    internal readonly record struct Neighbour(int Node, int Edge);
}
