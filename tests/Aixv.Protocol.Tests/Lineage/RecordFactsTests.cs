using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class RecordFactsTests : IDisposable
{
    private readonly StoreFixture store = new();

    public void Dispose() => store.Dispose();

    private static string D(int number) => StoreFixture.Model(number).ToString();

    private IEnumerable<(Digest? Child, EdgeKind Kind, EdgeRelation Relation, string Parent)> Edges()
    {
        var graph = store.Refresh().Graph;
        return
        [
            .. from child in Enumerable.Range(0, graph.NodeCount)
               from i in Enumerable.Range(0, graph.Parents(child).Length)
               let claim = graph.ParentClaim(child, i)
               let parent = graph.Node(graph.Parents(child)[i])
               select (graph.DigestOf(child), claim.Kind, claim.Relation, parent.ToString()),
        ];
    }

    [Fact]
    public void Training_gives_parents_datasets_and_the_tokenizer()
    {
        store.Attest(StoreFixture.Model(1), "training", JsonNode.Parse($$"""
            {
              "parent_models": [{"digest": "{{D(2)}}", "relation": "merge"}, {"uri": "hf://org/base"}],
              "datasets": [{"digest": "{{D(3)}}", "split": "train"}, {"name": "private corpus"}],
              "metadata": {"base_model_relation": "finetune", "tokenizer_digest": "{{D(4)}}"}
            }
            """)!.AsObject());
        var child = StoreFixture.Model(1);
        Assert.Equal(
            [
                (child, EdgeKind.DerivedFrom, EdgeRelation.Merge, D(2)),
                (child, EdgeKind.DerivedFrom, EdgeRelation.FineTune, "hf://org/base"),
                (child, EdgeKind.TrainedOn, EdgeRelation.Unspecified, D(3)),
                (child, EdgeKind.TrainedOn, EdgeRelation.Unspecified, "private corpus"),
                (child, EdgeKind.PackagedFrom, EdgeRelation.Tokenizer, D(4)),
            ],
            Edges());
    }

    [Fact]
    public void Packaging_leads_from_its_outputs_to_its_inputs()
    {
        store.Attest(StoreFixture.Model(1), "packaging", JsonNode.Parse($$"""
            {"inputs": ["{{D(2)}}", "{{D(3)}}"], "outputs": ["{{D(1)}}"], "transform_type": "merge-adapter"}
            """)!.AsObject());
        var child = StoreFixture.Model(1);
        Assert.Equal([(child, EdgeKind.PackagedFrom, EdgeRelation.Merge, D(2)), (child, EdgeKind.PackagedFrom, EdgeRelation.Merge, D(3))], Edges());
    }

    [Fact]
    public void An_output_that_is_no_subject_has_the_packaging_as_its_record()
    {
        store.Attest(StoreFixture.Model(1), "packaging", JsonNode.Parse($$"""
            {"inputs": ["{{D(2)}}"], "outputs": ["{{D(1)}}", "{{D(4)}}"], "transform_type": "quantize"}
            """)!.AsObject());
        var graph = store.Refresh().Graph;
        Assert.Single(graph.SourcesOf(graph.Find(StoreFixture.Model(1))));
        Assert.Single(graph.SourcesOf(graph.Find(StoreFixture.Model(4))));
        Assert.Empty(graph.SourcesOf(graph.Find(StoreFixture.Model(2))));
    }

    [Fact]
    public void Evaluation_deployment_and_deltas_lead_to_what_they_name()
    {
        store.Attest(StoreFixture.Model(1), "evaluation", JsonNode.Parse($$"""
            {"benchmarks": [{"name": "mmlu", "metric": "acc", "value": 0.5}], "dataset_digests": ["{{D(2)}}"], "eval_harness_digest": "{{D(3)}}"}
            """)!.AsObject());
        store.Attest(StoreFixture.Model(5), "deployment", JsonNode.Parse($$"""
            {"admitted_artifact_digest": "{{D(1)}}", "policy_id": "p", "policy_decision": "allow"}
            """)!.AsObject());
        store.Attest(StoreFixture.Model(1), "deployment", JsonNode.Parse($$"""
            {"admitted_artifact_digest": "{{D(1)}}", "policy_id": "p", "policy_decision": "allow"}
            """)!.AsObject());
        store.Attest(StoreFixture.Model(6), "cl-delta", JsonNode.Parse($$"""{"base_digest": "{{D(1)}}", "update_type": "dpo"}""")!.AsObject());
        Assert.Equal(
            ((Digest?, EdgeKind, EdgeRelation, string)[])
            [
                (StoreFixture.Model(1), EdgeKind.EvaluatedWith, EdgeRelation.Unspecified, D(2)),
                (StoreFixture.Model(1), EdgeKind.EvaluatedWith, EdgeRelation.Unspecified, D(3)),
                (StoreFixture.Model(5), EdgeKind.DeployedAs, EdgeRelation.Unspecified, D(1)),
                (StoreFixture.Model(6), EdgeKind.DerivedFrom, EdgeRelation.FineTune, D(1)),
            ],
            Edges().OrderBy(e => e.Kind != EdgeKind.EvaluatedWith).ThenBy(e => e.Kind != EdgeKind.DeployedAs));
    }

    [Fact]
    public void A_rollback_is_a_node_that_leads_to_its_target()
    {
        var path = store.Record("rollback", "RBK-1", new JsonObject { ["event_type"] = "rollback", ["artifact_digest"] = D(1), ["rollback_target"] = D(2), ["timestamp"] = "2026-01-01T00:00:00+00:00" });
        Assert.Equal((Digest.Of(File.ReadAllBytes(path)), EdgeKind.DeployedAs, EdgeRelation.Rollback, D(2)), Assert.Single(Edges()));
        var graph = store.Refresh().Graph;
        var (_, node, artifact, target) = Assert.Single(graph.Facts.ReadRollbacks());
        Assert.Equal("RBK-1", graph.Node(node).Name);
        Assert.Equal((D(1), D(2)), (graph.Node(artifact).ToString(), graph.Node(target).ToString()));
    }

    [Fact]
    public void Bundles_and_advisories_are_kept_beside_the_edges_through_additions_and_removals()
    {
        store.Record("bundle", "b1", JsonNode.Parse($$"""{"bundle_type":"aixv.bundle/v1","bundle_id":"b1","primary":"{{D(1)}}","members":["{{D(1)}}","{{D(2)}}"]}""")!.AsObject());
        store.Record("advisory", "A-1", JsonNode.Parse($$"""{"advisory_id":"A-1","affected":[{"digest":"{{D(1)}}","selector":["descendants","bundles"]}],"severity":"high","status":"active","reason_code":"x"}""")!.AsObject());
        var extra = store.Train(5, null, 4);
        store.Refresh();
        foreach (var act in (Action[])[() => store.Train(6, null, 5), () => File.Delete(extra)])
        {
            act();
            var graph = store.Refresh().Graph;
            var bundle = Assert.Single(graph.Facts.ReadBundles());
            Assert.Equal("b1", graph.Sources.Texts.Find(bundle.Id));
            Assert.Equal([D(1), D(2)], bundle.Members.Select(m => graph.Node(m).ToString()));
            var advisory = Assert.Single(graph.Facts.ReadAdvisories());
            Assert.Equal(("A-1", D(1), 5), (graph.Sources.Texts.Find(advisory.Id), graph.Node(advisory.Affected[0].Node).ToString(), advisory.Affected[0].Selectors));
        }
    }

    [Fact]
    public void A_digest_that_is_none_makes_its_record_a_problem()
    {
        store.Record("rollback", "RBK-2", new JsonObject { ["artifact_digest"] = "sha256:abc", ["rollback_target"] = D(2) });
        Assert.Equal("invalid sha256 digest: sha256:abc", Assert.Single(store.Refresh().Report.Problems).Problem);
    }
}
