using System.Text;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

/// <summary>A graph of a seed, beside the plain list of its edges that an oracle reads.</summary>
internal sealed class RandomLineage
{
    internal sealed record Edge(int Child, int Parent, EdgeKind Kind, EdgeRelation Relation, int Source);

    internal static readonly LineageSigner Alice = new("alice@example.com", "https://issuer.example");
    internal static readonly LineageSigner Mallory = new("mallory@example.com", "https://issuer.example");

    private RandomLineage(LineageGraph graph, List<Edge> edges, List<LineageSource> sources, int count) =>
        (Graph, Edges, Sources, Count) = (graph, edges, sources, count);

    internal LineageGraph Graph { get; }

    /// <summary>Nodes are numbered as <see cref="DigestOf"/> does; the graph's own numbers may differ.</summary>
    internal List<Edge> Edges { get; }

    internal List<LineageSource> Sources { get; }

    internal int Count { get; }

    internal static Digest DigestOf(int node) => Digest.Of(Encoding.UTF8.GetBytes($"artifact {node}"));

    /// <summary>Nodes point to earlier ones; with <paramref name="cyclic"/>, some to later ones too.</summary>
    internal static RandomLineage Create(ulong seed, int count, bool cyclic = false)
    {
        var dice = new Dice(seed);
        var builder = new LineageGraphBuilder();
        var (edges, sources) = (new List<Edge>(), new List<LineageSource>());
        for (var i = 0; i < 8; i++)
        {
            LineageSigner? signer = i % 4 == 0 ? null : i % 4 == 1 ? Mallory : Alice;
            sources.Add(new LineageSource($"attestations/{i}.json", signer is null ? SourceStatus.WithoutBundle : SourceStatus.Verified, "training", signer));
            builder.Source(sources[i]);
        }

        int[] order = [.. Enumerable.Range(0, count).OrderBy(_ => dice.Next())];
        foreach (var node in order)
        {
            builder.Node(DigestOf(node));
        }

        for (var child = 1; child < count; child++)
        {
            for (var i = dice.Below(4); i > 0; i--)
            {
                var parent = cyclic && dice.OneIn(5) ? dice.Below(count) : dice.OneIn(3) ? dice.Below(Math.Min(child, 3)) : dice.Below(child);
                var edge = new Edge(child, parent, (EdgeKind)dice.Below(5), dice.OneIn(6) ? EdgeRelation.Tokenizer : EdgeRelation.FineTune, dice.Below(sources.Count));
                edges.Add(edge);
                builder.AddEdge(builder.Node(DigestOf(child)), builder.Node(DigestOf(parent)), edge.Kind, edge.Relation, edge.Source);
            }
        }

        return new RandomLineage(builder.Build(), edges, sources, count);
    }

    internal bool IsTrusted(Edge edge) => Sources[edge.Source].Signer == Alice;

    /// <summary>Depths by relaxing every edge until nothing changes: slow, and plainly right.</summary>
    internal Dictionary<int, int> Depths(int start, Func<Edge, (int From, int To)> direction, Func<Edge, bool> counts)
    {
        var depths = new Dictionary<int, int> { [start] = 0 };
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var edge in Edges.Where(counts))
            {
                var (from, to) = direction(edge);
                if (depths.TryGetValue(from, out var depth) && depth + 1 < depths.GetValueOrDefault(to, int.MaxValue))
                {
                    depths[to] = depth + 1;
                    changed = true;
                }
            }
        }

        return depths;
    }
}
