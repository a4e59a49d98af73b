using System.Buffers.Binary;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Dossiers;

/// <summary>Nodes of a graph in the order of their keys, as numbers: keys are text that would take more memory than the graph.</summary>
internal sealed class NodeOrder
{
    private readonly LineageGraph graph;
    private readonly int[] nodes;
    private readonly Dictionary<int, int> ranks;

    private NodeOrder(LineageGraph graph, int[] nodes)
    {
        (this.graph, this.nodes) = (graph, nodes);
        ranks = new Dictionary<int, int>(nodes.Length);
        for (var i = 0; i < nodes.Length; i++)
        {
            ranks.Add(nodes[i], i);
        }
    }

    public int Count => nodes.Length;

    public IReadOnlyList<int> Nodes => nodes;

    /// <summary>The place of a node; -1 where it is not among them.</summary>
    public int RankOf(int node) => ranks.GetValueOrDefault(node, -1);

    public string KeyOf(int node)
    {
        var known = graph.Node(node);
        return LineageNodeFacts.KeyOf(known.Digest, known.Uri, known.Name);
    }

    /// <summary>The node of a key; null where none has it.</summary>
    public int? Find(string key)
    {
        var (low, high) = (0, nodes.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = string.CompareOrdinal(KeyOf(nodes[middle]), key) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low < nodes.Length && KeyOf(nodes[low]) == key ? nodes[low] : null;
    }

    public static NodeOrder Of(LineageGraph graph, HashSet<int> nodes)
    {
        var digests = nodes.Where(node => !graph.IsDescribed(node)).ToArray();
        var described = nodes.Where(graph.IsDescribed).ToArray();
        var order = new NodeOrder(graph, []);
        var keys = Array.ConvertAll(described, order.KeyOf);
        Array.Sort(keys, described, StringComparer.Ordinal);

        // No key of a described node begins as a digest does, so that all digests stand together.
        var before = keys.Count(key => string.CompareOrdinal(key, DigestPrefix) < 0);
        order.SortDigests(digests);
        return new NodeOrder(graph, [.. described[..before], .. digests, .. described[before..]]);
    }

    private const string DigestPrefix = "sha256:";

    /// <summary>By their first eight bytes; by all of them only where somebody made these equal.</summary>
    private void SortDigests(int[] digests)
    {
        var starts = Array.ConvertAll(digests, node => BinaryPrimitives.ReadUInt64BigEndian(graph.DigestBytesOf(node)));
        Array.Sort(starts, digests);
        for (var (i, next) = (0, 0); i < digests.Length; i = next)
        {
            for (next = i + 1; next < digests.Length && starts[next] == starts[i]; next++)
            {
            }

            if (next - i > 1)
            {
                digests.AsSpan(i, next - i).Sort((a, b) => graph.DigestBytesOf(a).SequenceCompareTo(graph.DigestBytesOf(b)));
            }
        }
    }
}
