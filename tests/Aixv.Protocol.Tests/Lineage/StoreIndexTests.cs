using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class StoreIndexTests : IDisposable
{
    private const string Alice = "alice@example.com";
    private readonly StoreFixture store = new();

    public void Dispose() => store.Dispose();

    private static IEnumerable<string> Edges(LineageGraph graph) =>
        from child in Enumerable.Range(0, graph.NodeCount)
        from i in Enumerable.Range(0, graph.Parents(child).Length)
        let claim = graph.ParentClaim(child, i)
        let parent = graph.Parents(child)[i]
        select $"{graph.Node(child)} {claim.Kind} {claim.Relation} {graph.Node(parent)} {graph.TierOf(child, parent, claim)} {graph.Source(claim).Path}";

    private void SameAsAnew(LineageGraph graph, IRecordCheck? check = null)
    {
        Directory.Delete(Path.Combine(store.Root, "index"), recursive: true);
        var anew = store.Refresh(check).Graph;
        Assert.Equal(Edges(anew).Order(), Edges(graph).Order());
        Assert.Equal(anew.NodeCount, graph.NodeCount);
    }

    [Fact]
    public void An_index_grows_by_what_is_new_and_equals_one_built_anew()
    {
        for (var i = 1; i < 60; i++)
        {
            store.Train(i, i % 2 == 0 ? Alice : null, i / 2, i / 3);
        }

        var check = new FakeCheck();
        var (_, first) = store.Refresh(check);
        Assert.Equal((59, 0, 0, 29), (first.Read, first.Kept, first.Removed, check.Calls));
        var (_, again) = store.Refresh(check);
        Assert.Equal((0, 59, 0, 29), (again.Read, again.Kept, again.Removed, check.Calls));

        store.Train(60, Alice, 59);
        store.Train(3, Alice, 2);
        var (graph, third) = store.Refresh(check);
        Assert.Equal((2, 59, 0, 31), (third.Read, third.Kept, third.Removed, check.Calls));
        Assert.Contains(new LineageQueries(graph).Trace(StoreFixture.Model(60), 10), e => e.Node.Digest == StoreFixture.Model(0));
        SameAsAnew(graph, check);
    }

    [Fact]
    public void A_changed_or_removed_record_takes_its_edges_along()
    {
        var path = store.Train(2, Alice, 1);
        var gone = store.Train(3, null, 2);
        store.Train(4, null, 3);
        store.Refresh(new FakeCheck());

        File.Delete(gone);
        File.WriteAllText(path, File.ReadAllText(path).Replace(StoreFixture.Model(1).Hex, StoreFixture.Model(9).Hex, StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(path, File.GetLastWriteTimeUtc(path).AddSeconds(-30));
        var (graph, report) = store.Refresh(new FakeCheck());
        Assert.Equal((1, 1, 2), (report.Read, report.Kept, report.Removed));
        Assert.Equal(-1, graph.Find(StoreFixture.Model(1)));
        Assert.Equal("the bundle signs another statement than the record holds", Assert.Single(report.Problems).Problem);
        SameAsAnew(graph, new FakeCheck());
    }

    [Fact]
    public void A_bundle_that_comes_later_makes_its_record_attested()
    {
        var path = store.Train(2, null, 1);
        var unsigned = store.Refresh(new FakeCheck()).Graph;
        Assert.Contains("Identified", Assert.Single(Edges(unsigned)), StringComparison.Ordinal);
        var statement = JsonNode.Parse(File.ReadAllBytes(path))!["statement"]!.ToJsonString();
        File.WriteAllBytes($"{path}.sigstore.json", FakeCheck.Sign(Alice, StoreFixture.Model(2), Encoding.UTF8.GetBytes(statement)));
        Assert.Contains("Attested", Assert.Single(Edges(store.Refresh(new FakeCheck()).Graph)), StringComparison.Ordinal);
        Assert.Contains("Identified", Assert.Single(Edges(store.Refresh().Graph)), StringComparison.Ordinal);
    }

    [Fact]
    public void Bundles_swapped_between_two_records_attest_neither()
    {
        var (one, two) = ($"{store.Train(2, Alice, 1)}.sigstore.json", $"{store.Train(3, Alice, 1)}.sigstore.json");
        var bytes = File.ReadAllBytes(one);
        File.Copy(two, one, overwrite: true);
        File.WriteAllBytes(two, bytes);
        var (graph, report) = store.Refresh(new FakeCheck());
        Assert.Equal(2, report.Problems.Count);
        Assert.All(Edges(graph), e => Assert.Contains("Identified", e, StringComparison.Ordinal));
    }

    [Fact]
    public void A_record_cut_off_in_the_middle_is_reported_every_time_and_the_others_count()
    {
        store.Train(2, null, 1);
        var path = store.Train(3, null, 1);
        File.WriteAllBytes(path, File.ReadAllBytes(path).AsSpan(0, 150));
        File.WriteAllText(Path.Combine(store.Root, "attestations", "other.json"), """{"schema":"x"}""");
        foreach (var _ in (int[])[1, 2])
        {
            var (graph, report) = store.Refresh();
            Assert.Equal(2, report.Problems.Count(p => p.Status == SourceStatus.Unreadable));
            Assert.Single(Edges(graph));
        }
    }

    [Fact]
    public void A_damaged_index_is_built_anew()
    {
        store.Train(2, null, 1);
        store.Refresh();
        var index = Directory.GetFiles(Path.Combine(store.Root, "index")).Single();
        File.WriteAllBytes(index, File.ReadAllBytes(index).AsSpan(0, 200));
        Assert.Equal(1, store.Refresh().Report.Read);
        Assert.Equal(0, store.Refresh().Report.Read);
    }

    [Fact]
    public async Task Two_that_index_at_once_while_records_come_both_get_whole_graphs()
    {
        var cancel = TestContext.Current.CancellationToken;
        store.Train(1, null, 0);
        var writing = Task.Run(() =>
        {
            for (var i = 2; i < 80; i++)
            {
                store.Train(i, null, i - 1);
            }
        }, cancel);
        int Work()
        {
            var edges = 0;
            while (edges < 79)
            {
                var graph = store.Refresh().Graph;
                Assert.True(graph.EdgeCount >= edges);
                edges = graph.EdgeCount;
            }

            return edges;
        }

        var both = await Task.WhenAll(Task.Run(Work, cancel), Task.Run(Work, cancel));
        await writing;
        Assert.Equal([79, 79], both);
        SameAsAnew(store.Refresh().Graph);
        Assert.Single(Directory.GetFiles(Path.Combine(store.Root, "index")));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_time_but_no_answer()
    {
        store.Train(2, null, 1);
        File.WriteAllText(Path.Combine(store.Root, "index"), "a file where the folder should be");
        var (graph, report) = store.Refresh();
        Assert.NotNull(report.NotKept);
        Assert.Equal(1, graph.EdgeCount);
    }

    [Fact]
    public void A_store_that_does_not_exist_has_an_empty_graph()
    {
        var (graph, _) = new StoreIndex(Path.Combine(store.Root, "nowhere"), store.Key, null, TimeProvider.System).Refresh(TestContext.Current.CancellationToken);
        Assert.Equal(0, graph.NodeCount);
    }
}
