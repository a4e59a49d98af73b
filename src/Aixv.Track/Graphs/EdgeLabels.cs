using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Graphs;

/// <summary>The labels of the few words that a graph's edges have. For one request.</summary>
internal sealed class EdgeLabels
{
    /// <summary>Edges of a node that are looked at to tell what it is.</summary>
    private const int Told = 64;

    private readonly Dictionary<string, EdgeLabel> known = new(StringComparer.Ordinal);

    public EdgeLabel Of(GraphReader graph, int edge)
    {
        var word = graph.RelationOf(edge);
        if (!known.TryGetValue(word, out var label))
        {
            known[word] = label = EdgeLabel.Of(word);
        }

        return label;
    }

    /// <summary>The first edges of a node, to tell what it is.</summary>
    public IReadOnlyCollection<EdgeLabel> Around(GraphReader graph, int node, bool up) =>
        node < 0 ? [] : [.. graph.EdgesOf(node, up).Take(Told).Select(edge => Of(graph, edge))];

    public IReadOnlyCollection<EdgeLabel> Around(GraphReader graph, NodeKey node, bool up) => Around(graph, graph.Find(node), up);
}
