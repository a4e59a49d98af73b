using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class LineageExplainerTests : IDisposable
{
    private const string Alice = "alice@example.com";
    private readonly StoreFixture store = new();

    public void Dispose() => store.Dispose();

    [Fact]
    public void The_evidence_is_the_shortest_attested_path_the_advisory_the_signers_and_the_log_entries()
    {
        store.Train(1, Alice, 0);
        store.Train(2, Alice, 1);
        store.Train(3, Alice, 2, 1);
        store.Train(4, null, 0);
        var advisory = JsonNode.Parse($$"""
            {"advisory_id":"A-1","affected":[{"digest":"{{StoreFixture.Model(0)}}","selector":"descendants"}],"severity":"high","status":"active","reason_code":"poisoned-weights"}
            """)!.AsObject();
        store.Record("advisory", "A-1", advisory.DeepClone().AsObject(), "security@example.com");
        var graph = store.Refresh(new FakeCheck()).Graph;
        var trust = LineageTrust.Of(graph, s => s.Subject == Alice);
        LineageExplanation Explain(int model) =>
            LineageExplainer.Explain(StoreFixture.Model(model), trust, ReachRules.Default, [Advisory.Read(advisory)]);

        var explanation = Explain(3);
        Assert.Equal(3, explanation.Parents.Count);
        var evidence = Assert.Single(explanation.Evidence);
        Assert.True(evidence.IsCertain);
        Assert.Equal("security@example.com", evidence.Record!.Signer!.Subject);
        Assert.Equal([0, 1, 3], [0, .. evidence.Path.Select(s => Enumerable.Range(0, 5).Single(i => StoreFixture.Model(i) == s.To.Digest))]);
        Assert.All(evidence.Path, s => Assert.Equal((Alice, 7), (s.Source.Signer!.Subject, s.Source.LogEntry!.Index)));
        Assert.Equal([StoreFixture.Model(0)], explanation.MissingParents.Select(m => m.Digest));

        Assert.False(Assert.Single(Explain(4).Evidence).IsCertain);
        Assert.Empty(Assert.Single(Explain(0).Evidence).Path);
        Assert.Equal(4, Explain(0).Descendants.Count);
        Assert.Empty(Explain(9).Evidence);
    }
}
