using System.Text;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class LineageQueriesTests
{
    public static TheoryData<ulong, bool> Seeds => [.. Enumerable.Range(1, 30).Select(i => ((ulong)i, i % 3 == 0))];

    [Theory, MemberData(nameof(Seeds))]
    public void Trace_and_impact_equal_relaxation_of_the_edge_list(ulong seed, bool cyclic)
    {
        var random = RandomLineage.Create(seed, 60, cyclic);
        var queries = new LineageQueries(random.Graph);
        for (var node = 0; node < random.Count; node++)
        {
            foreach (var maximum in (int[])[1, 3, int.MaxValue])
            {
                Equal(random.Depths(node, e => (e.Child, e.Parent), _ => true), node, maximum, queries.Trace(RandomLineage.DigestOf(node), maximum));
                Equal(random.Depths(node, e => (e.Parent, e.Child), _ => true), node, maximum, queries.Impact(RandomLineage.DigestOf(node), maximum));
            }
        }
    }

    private static void Equal(Dictionary<int, int> oracle, int start, int maximum, IReadOnlyList<LineageEntry> found)
    {
        var expected = oracle.Where(d => d.Key != start && d.Value <= maximum).Select(d => (RandomLineage.DigestOf(d.Key).Hex, d.Value)).Order();
        Assert.Equal(expected, found.Select(f => (f.Node.Digest!.Hex, f.Depth)).Order());
        Assert.Equal(found.Select(f => f.Depth).Order(), found.Select(f => f.Depth));
        var depths = found.ToDictionary(f => f.Node.Digest!, f => f.Depth);
        depths[RandomLineage.DigestOf(start)] = 0;
        Assert.All(found, f => Assert.Equal(f.Depth - 1, depths[f.Step.Child.Digest == f.Node.Digest ? f.Step.Parent.Digest! : f.Step.Child.Digest!]));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_path_is_shortest_and_made_of_trusted_edges_only(ulong seed, bool cyclic)
    {
        var random = RandomLineage.Create(seed, 40, cyclic);
        var queries = new LineageQueries(random.Graph);
        var trust = LineageTrust.Of(random.Graph, s => s == RandomLineage.Alice);
        for (var node = 0; node < random.Count; node++)
        {
            var oracle = random.Depths(node, e => (e.Child, e.Parent), random.IsTrusted);
            for (var other = 0; other < random.Count; other++)
            {
                var path = queries.FindPath(RandomLineage.DigestOf(node), RandomLineage.DigestOf(other), trust);
                Assert.Equal(oracle.TryGetValue(other, out var depth) ? depth : null, path?.Count);
                var at = RandomLineage.DigestOf(node);
                foreach (var step in path ?? [])
                {
                    Assert.Equal(at, step.Child.Digest);
                    Assert.Equal(RandomLineage.Alice, step.Source.Signer);
                    Assert.Equal(EvidenceTier.Attested, step.Tier);
                    at = step.Parent.Digest;
                }

                Assert.Equal(path is null ? RandomLineage.DigestOf(node) : RandomLineage.DigestOf(other), at);
            }
        }
    }

    [Fact]
    public void A_chain_of_100_000_is_walked_without_recursion()
    {
        const int Length = 100_000;
        var builder = new LineageGraphBuilder();
        var source = builder.Source(new LineageSource("a.json", SourceStatus.WithoutBundle, "training"));
        for (var i = 0; i < Length; i++)
        {
            builder.Node(RandomLineage.DigestOf(i));
        }

        for (var i = 1; i < Length; i++)
        {
            builder.AddEdge(i, i - 1, EdgeKind.DerivedFrom, EdgeRelation.FineTune, source);
        }

        var graph = builder.Build();
        Assert.Empty(LineageCycles.Find(graph));
        var trace = new LineageQueries(graph).Trace(RandomLineage.DigestOf(Length - 1), int.MaxValue);
        Assert.Equal(Length - 1, trace.Count);
        Assert.Equal((RandomLineage.DigestOf(0), Length - 1), (trace[^1].Node.Digest!, trace[^1].Depth));
    }

    [Fact]
    public void A_hub_reaches_each_of_its_children_once()
    {
        var builder = new LineageGraphBuilder();
        var (one, two) = (builder.Source(new LineageSource("1", SourceStatus.WithoutBundle, "t")), builder.Source(new LineageSource("2", SourceStatus.WithoutBundle, "t")));
        var hub = builder.Node(RandomLineage.DigestOf(0));
        for (var i = 1; i <= 10_000; i++)
        {
            var child = builder.Node(RandomLineage.DigestOf(i));
            builder.AddEdge(child, hub, EdgeKind.DerivedFrom, EdgeRelation.Adapter, one);
            builder.AddEdge(child, hub, EdgeKind.PackagedFrom, EdgeRelation.Quantize, two);
        }

        var queries = new LineageQueries(builder.Build());
        Assert.Equal(10_000, queries.CountDescendants(RandomLineage.DigestOf(0)));
        Assert.Equal(0, queries.CountDescendants(RandomLineage.DigestOf(1)));
        Assert.Equal(10_000, queries.CountDescendants(RandomLineage.DigestOf(0)));
    }

    [Fact]
    public void A_described_parent_is_shown_as_such_and_is_not_the_artifact_of_the_same_hash()
    {
        var builder = new LineageGraphBuilder();
        var source = builder.Source(new LineageSource("a", SourceStatus.Verified, "training", RandomLineage.Alice));
        var child = builder.Node(RandomLineage.DigestOf(1), name: "child");
        var parent = builder.DescribedNode("hf://org/base", "base");
        var named = builder.DescribedNode(null, "hf://org/base");
        builder.AddEdge(child, parent, EdgeKind.DerivedFrom, EdgeRelation.FineTune, source);
        var graph = builder.Build();

        Assert.NotEqual(parent, named);
        Assert.Equal(parent, graph.FindDescribed("hf://org/base", null));
        var entry = Assert.Single(new LineageQueries(graph).Trace(RandomLineage.DigestOf(1)));
        Assert.Equal((null, "hf://org/base", "base", EvidenceTier.Described), (entry.Node.Digest, entry.Node.Uri, entry.Node.Name, entry.Step.Tier));
        Assert.Equal(-1, graph.Find(Digest.FromBytes(graph.Nodes.Key(parent))));
    }

    [Fact]
    public void An_artifact_that_no_record_names_has_no_lineage()
    {
        var queries = new LineageQueries(new LineageGraphBuilder().Build());
        Assert.Empty(queries.Trace(RandomLineage.DigestOf(1)));
        Assert.Empty(queries.Impact(RandomLineage.DigestOf(1)));
    }

    [Fact]
    public void Every_node_is_found_by_its_digest_even_where_keys_share_their_first_bytes()
    {
        var builder = new LineageGraphBuilder();
        var keys = Enumerable.Range(0, 3000).Select(i =>
        {
            var key = new byte[32];
            Encoding.UTF8.GetBytes($"{i:D8}").CopyTo(key, i % 2 == 0 ? 0 : 24);
            return key;
        }).ToList();
        int[] nodes = [.. keys.Select(k => builder.Node(k))];
        var graph = builder.Build();
        Assert.Equal(nodes, keys.Select(k => graph.Find(Digest.FromBytes(k))));
        Assert.Equal(-1, graph.Find(RandomLineage.DigestOf(7)));
    }
}
