using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class AdvisoryReachTests
{
    public static TheoryData<ulong, AdvisoryClass> Cases =>
        [.. from seed in Enumerable.Range(1, 25) from c in Enum.GetValues<AdvisoryClass>() select ((ulong)seed, c)];

    private static Advisory Of(AdvisoryClass advisoryClass, params (int Node, Selector[] Selectors)[] affected) => new()
    {
        Id = "A-1",
        Affected = [.. affected.Select(a => new AffectedTarget(StoreFixture.Model(a.Node), [.. a.Selectors]))],
        Severity = Severity.High,
        Status = AdvisoryStatus.Active,
        ReasonCode = "x",
        StatedClass = advisoryClass,
    };

    /// <summary>By relaxing the whole list of edges until nothing changes, once for every name.</summary>
    private static HashSet<int> Oracle(RandomLineage random, Advisory advisory, ReachRules rules, Dictionary<Digest, int> numbers)
    {
        var all = new HashSet<int>();
        foreach (var target in advisory.Affected)
        {
            var named = numbers[target.Digest!];
            HashSet<int> TokenizersOf(int node) =>
                [.. random.Edges.Where(e => e.Child == node && e.Relation == EdgeRelation.Tokenizer && random.IsTrusted(e)).Select(e => e.Parent)];
            HashSet<int> bad = [named, .. TokenizersOf(named)];
            bool Uses(int node) => bad.Contains(node) || TokenizersOf(node).Overlaps(bad);
            bool Passes(RandomLineage.Edge edge, int to) =>
                random.IsTrusted(edge) && rules.Passes(edge.Kind.ToName(), advisory.Class, edge.Relation == EdgeRelation.Tokenizer || Uses(to));
            all.Add(named);
            if (target.Selectors.Contains(Selector.Parents))
            {
                all.UnionWith(random.Edges.Where(e => e.Child == named && Passes(e, e.Parent)).Select(e => e.Parent));
            }

            if (target.Selectors.Contains(Selector.Descendants))
            {
                all.UnionWith(random.Depths(named, e => (e.Parent, e.Child), e => Passes(e, e.Child)).Keys);
            }
        }

        return all;
    }

    [Theory, MemberData(nameof(Cases))]
    public void Reach_equals_the_relaxation_of_the_edge_list_and_every_path_proves_it(ulong seed, AdvisoryClass advisoryClass)
    {
        var random = RandomLineage.Create(seed, 40, cyclic: seed % 5 == 0);
        var numbers = Enumerable.Range(0, random.Count).ToDictionary(StoreFixture.Model);
        var dice = new Dice(seed * 31);
        var trust = LineageTrust.Of(random.Graph, s => s == RandomLineage.Alice);
        Selector[][] choices = [[], [Selector.Descendants], [Selector.Parents], [Selector.Descendants, Selector.Parents]];
        for (var round = 0; round < 10; round++)
        {
            var advisory = Of(advisoryClass, [.. Enumerable.Range(0, 1 + dice.Below(3)).Select(_ => (dice.Below(random.Count), choices[dice.Below(4)]))]);
            var result = AdvisoryReach.Of(advisory, trust, ReachRules.Default);
            var expected = Oracle(random, advisory, ReachRules.Default, numbers);
            Assert.Equal(expected.Order(), result.Affected.Select(a => numbers[a.Digest]).Order());
            Assert.DoesNotContain(result.Possible, p => expected.Contains(numbers[p.Digest]));
            foreach (var artifact in result.Affected)
            {
                Proves(result.PathTo(artifact.Digest)!, advisory, artifact);
            }
        }
    }

    private static void Proves(IReadOnlyList<ReachStep> path, Advisory advisory, ReachedArtifact artifact)
    {
        Assert.Equal(artifact.Depth, path.Count);
        Assert.Contains(advisory.Affected, a => a.Digest == (path.Count == 0 ? artifact.Digest : path[0].From.Digest));
        Assert.All(path, step => Assert.Equal((EvidenceTier.Attested, RandomLineage.Alice), (step.Edge!.Tier, step.Source.Signer)));
        Assert.All(path.Zip(path.Skip(1)), pair => Assert.Equal(pair.First.To, pair.Second.From));
        Assert.Equal(artifact.Digest, path.Count == 0 ? artifact.Digest : path[^1].To.Digest);
    }

    [Fact]
    public void Unsigned_and_untrusted_edges_make_reach_possible_and_never_certain()
    {
        var builder = new LineageGraphBuilder();
        var unsigned = builder.Source(new LineageSource("u", SourceStatus.WithoutBundle, "training"));
        var stranger = builder.Source(new LineageSource("m", SourceStatus.Verified, "training", RandomLineage.Mallory));
        int[] nodes = [.. Enumerable.Range(0, 5).Select(i => builder.Node(StoreFixture.Model(i), i == 0 ? "hf://org/base" : null))];
        builder.AddEdge(nodes[1], nodes[0], EdgeKind.DerivedFrom, EdgeRelation.FineTune, unsigned);
        builder.AddEdge(nodes[2], nodes[0], EdgeKind.DerivedFrom, EdgeRelation.FineTune, stranger);
        builder.AddEdge(nodes[3], builder.DescribedNode("hf://org/base", null), EdgeKind.DerivedFrom, EdgeRelation.FineTune, unsigned);
        var trust = LineageTrust.Of(builder.Build(), s => s == RandomLineage.Alice);
        var result = AdvisoryReach.Of(Of(AdvisoryClass.Weights, (0, [Selector.Descendants])), trust, ReachRules.Default);
        Assert.Equal([StoreFixture.Model(0)], result.Affected.Select(a => a.Digest));
        Assert.Equal([1, 2, 3], result.Possible.Select(a => Enumerable.Range(0, 5).Single(i => StoreFixture.Model(i) == a.Digest)).Order());
        Assert.False(result.IsAffected(StoreFixture.Model(1)));
        Assert.Null(result.PathTo(StoreFixture.Model(4)));
    }

    [Fact]
    public void A_tokenizer_defect_reaches_only_what_inherits_the_tokenizer()
    {
        var builder = new LineageGraphBuilder();
        var source = builder.Source(new LineageSource("a", SourceStatus.Verified, "training", RandomLineage.Alice));
        int[] n = [.. Enumerable.Range(0, 6).Select(i => builder.Node(StoreFixture.Model(i)))];
        var (bad, other, model, keeps, replaces, unknown) = (n[0], n[1], n[2], n[3], n[4], n[5]);
        foreach (var (child, tokenizer) in ((int, int)[])[(model, bad), (keeps, bad), (replaces, other)])
        {
            builder.AddEdge(child, tokenizer, EdgeKind.PackagedFrom, EdgeRelation.Tokenizer, source);
        }

        foreach (var child in (int[])[keeps, replaces, unknown])
        {
            builder.AddEdge(child, model, EdgeKind.DerivedFrom, EdgeRelation.FineTune, source);
        }

        var trust = LineageTrust.Of(builder.Build(), _ => true);
        foreach (var named in (int[])[0, 2])
        {
            var result = AdvisoryReach.Of(Of(AdvisoryClass.Tokenizer, (named, [Selector.Descendants])), trust, ReachRules.Default);
            Assert.True(result.IsAffected(StoreFixture.Model(3)));
            Assert.False(result.IsAffected(StoreFixture.Model(4)));
            Assert.False(result.IsAffected(StoreFixture.Model(5)));
            Assert.Equal([StoreFixture.Model(5)], result.Possible.Select(p => p.Digest));
        }
    }

    [Fact]
    public void Rules_that_a_policy_overrides_decide()
    {
        var builder = new LineageGraphBuilder();
        var source = builder.Source(new LineageSource("a", SourceStatus.Verified, "training", RandomLineage.Alice));
        builder.AddEdge(builder.Node(StoreFixture.Model(1)), builder.Node(StoreFixture.Model(0)), EdgeKind.TrainedOn, EdgeRelation.Unspecified, source);
        var trust = LineageTrust.Of(builder.Build(), _ => true);
        var advisory = Of(AdvisoryClass.Dataset, (0, [Selector.Descendants]));
        Assert.True(AdvisoryReach.Of(advisory, trust, ReachRules.Default).IsAffected(StoreFixture.Model(1)));
        var strict = ReachRules.Default.With(JsonNode.Parse("""{"trained_on": {"dataset": "stops"}}""")!.AsObject());
        Assert.False(AdvisoryReach.Of(advisory, trust, strict).IsAffected(StoreFixture.Model(1)));
    }

    [Fact]
    public void Bundles_of_trusted_signers_carry_an_advisory_to_their_members_and_no_further()
    {
        using var store = new StoreFixture();
        JsonObject Bundle(string id, int primary, int member) => JsonNode.Parse($$"""
            {"bundle_type":"aixv.bundle/v1","bundle_id":"{{id}}","primary":"{{StoreFixture.Model(primary)}}","members":["{{StoreFixture.Model(primary)}}","{{StoreFixture.Model(member)}}"]}
            """)!.AsObject();
        store.Record("bundle", "b1", Bundle("b1", 1, 2), RandomLineage.Alice.Subject);
        store.Record("bundle", "b2", Bundle("b2", 1, 3), RandomLineage.Mallory.Subject);
        store.Record("bundle", "b3", Bundle("b3", 2, 4), RandomLineage.Alice.Subject);
        var graph = store.Refresh(new FakeCheck()).Graph;
        var result = AdvisoryReach.Of(
            Of(AdvisoryClass.Weights, (1, [Selector.Bundles]), (9, [])), LineageTrust.Of(graph, s => s.Subject == RandomLineage.Alice.Subject), ReachRules.Default);
        Assert.Equal([1, 2, 9], result.Affected.Select(a => Enumerable.Range(0, 10).Single(i => StoreFixture.Model(i) == a.Digest)).Order());
        Assert.Equal([StoreFixture.Model(3)], result.Possible.Select(p => p.Digest));
        Assert.Equal("records/bundle/b1.json", Assert.Single(result.PathTo(StoreFixture.Model(2))!).Source.Path);
    }
}
