using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class LineageFaultsTests
{
    private readonly LineageGraphBuilder builder = new();

    private int Model(int number) => builder.Node(RandomLineage.DigestOf(number));

    private int By(LineageSigner? signer, string path = "a") =>
        builder.Source(new LineageSource(path, signer is null ? SourceStatus.WithoutBundle : SourceStatus.Verified, "training", signer));

    private void Derive(int child, int source, params int[] parents)
    {
        builder.AddSubject(Model(child), source);
        foreach (var parent in parents)
        {
            builder.AddEdge(Model(child), Model(parent), EdgeKind.DerivedFrom, EdgeRelation.FineTune, source);
        }
    }

    [Fact]
    public void A_diamond_is_no_cycle()
    {
        var source = By(null);
        Derive(4, source, 2, 3);
        Derive(2, source, 1);
        Derive(3, source, 1);
        Assert.Empty(LineageCycles.Find(builder.Build()));
    }

    [Fact]
    public void A_cycle_is_reported_once_with_its_nodes_and_nothing_beside_it()
    {
        var source = By(null);
        Derive(1, source, 2);
        Derive(2, source, 3);
        Derive(3, source, 1, 9);
        Derive(7, source, 1);
        var cycle = Assert.Single(LineageCycles.Find(builder.Build()));
        Assert.Equal([Model(1), Model(2), Model(3)], cycle.Order());
    }

    [Fact]
    public void An_artifact_that_names_itself_is_a_cycle_of_one()
    {
        Derive(1, By(null), 1);
        Assert.Equal([Model(1)], Assert.Single(LineageCycles.Find(builder.Build())));
    }

    [Fact]
    public void Cycles_are_found_among_the_ancestors_alone_and_as_far_up_as_was_asked()
    {
        var source = By(null);
        Derive(8, source, 7);
        Derive(7, source, 1);
        Derive(1, source, 2);
        Derive(2, source, 1);
        Derive(5, source, 6);
        Derive(6, source, 5);
        var graph = builder.Build();
        Assert.Equal([Model(1), Model(2)], Assert.Single(LineageCycles.Above(graph, Model(8), 3)).Order());
        Assert.Empty(LineageCycles.Above(graph, Model(8), 2));
        Assert.Equal(2, LineageCycles.Find(graph).Count);
    }

    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(1, 40).Select(i => (ulong)i)];

    [Theory, MemberData(nameof(Seeds))]
    public void Cycles_are_found_exactly_where_a_node_reaches_itself(ulong seed)
    {
        var random = RandomLineage.Create(seed, 25, cyclic: true);
        var parents = random.Edges.ToLookup(e => e.Child, e => e.Parent);
        bool ReachesItself(int node) => parents[node].Any(p => random.Depths(p, e => (e.Child, e.Parent), _ => true).ContainsKey(node));
        var onCycle = Enumerable.Range(0, random.Count).Where(ReachesItself).Select(n => random.Graph.Find(RandomLineage.DigestOf(n))).ToHashSet();

        var cycles = LineageCycles.Find(random.Graph);
        Assert.Equal(onCycle.Count > 0, cycles.Count > 0);
        foreach (var cycle in cycles)
        {
            Assert.Distinct(cycle);
            for (var i = 0; i < cycle.Count; i++)
            {
                Assert.Contains(cycle[i], onCycle);
                Assert.True(random.Graph.Parents(cycle[i]).Contains(cycle[(i + 1) % cycle.Count]));
            }
        }
    }

    [Fact]
    public void Parents_by_different_signers_that_differ_contradict_each_other()
    {
        Derive(1, By(RandomLineage.Alice, "a"), 2);
        Derive(1, By(RandomLineage.Mallory, "m"), 3);
        var graph = builder.Build();
        var found = Assert.Single(LineageContradictions.Find(graph));
        Assert.True(found.Attested);
        Assert.Equal(("a", "m"), (found.First.Path, found.Second.Path));
        Assert.Equal(RandomLineage.DigestOf(2), Assert.Single(found.OnlyFirst).Digest);
        Assert.Equal(RandomLineage.DigestOf(3), Assert.Single(found.OnlySecond).Digest);
    }

    [Fact]
    public void A_later_record_of_the_same_signer_is_a_revision()
    {
        Derive(1, By(RandomLineage.Alice), 2);
        Derive(1, By(RandomLineage.Alice), 3);
        Assert.Empty(LineageContradictions.Find(builder.Build()));
    }

    [Fact]
    public void Equal_parents_by_two_signers_agree()
    {
        Derive(1, By(RandomLineage.Alice), 2, 3);
        Derive(1, By(RandomLineage.Mallory), 3, 2);
        Assert.Empty(LineageContradictions.Find(builder.Build()));
    }

    [Fact]
    public void A_described_parent_may_be_the_one_that_another_record_identifies()
    {
        Derive(1, By(RandomLineage.Alice), 2);
        var other = By(RandomLineage.Mallory);
        builder.AddSubject(Model(1), other);
        builder.AddEdge(Model(1), builder.DescribedNode("hf://org/base", null), EdgeKind.DerivedFrom, EdgeRelation.FineTune, other);
        Assert.Empty(LineageContradictions.Find(builder.Build()));
    }

    [Fact]
    public void One_described_parent_cannot_be_two_identified_ones()
    {
        Derive(1, By(RandomLineage.Alice), 2, 4);
        var other = By(RandomLineage.Mallory);
        builder.AddSubject(Model(1), other);
        builder.AddEdge(Model(1), builder.DescribedNode("hf://org/base", null), EdgeKind.DerivedFrom, EdgeRelation.FineTune, other);
        Assert.Equal(2, Assert.Single(LineageContradictions.Find(builder.Build())).OnlyFirst.Count);
    }

    [Fact]
    public void From_scratch_contradicts_a_parent()
    {
        Derive(1, By(RandomLineage.Alice), 2);
        var scratch = builder.Source(
            new LineageSource("s", SourceStatus.Verified, "training", RandomLineage.Mallory), FileStamp.None, FileStamp.None, SourceFlags.FromScratch);
        builder.AddSubject(Model(1), scratch);
        Assert.Single(LineageContradictions.Find(builder.Build()));
    }

    [Fact]
    public void A_parent_without_a_record_of_its_own_is_missing_and_a_dataset_is_not()
    {
        var source = By(null);
        Derive(1, source, 2);
        Derive(2, source, 3);
        builder.AddEdge(Model(1), Model(8), EdgeKind.TrainedOn, EdgeRelation.Unspecified, source);
        var graph = builder.Build();
        Assert.Equal(RandomLineage.DigestOf(3), Assert.Single(LineageGaps.MissingParents(graph, Model(1))).Digest);
    }
}
