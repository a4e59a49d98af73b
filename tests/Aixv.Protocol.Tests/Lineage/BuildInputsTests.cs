using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Lineage;

public sealed class BuildInputsTests : IDisposable
{
    private const string SlsaV1 = "https://slsa.dev/provenance/v1";
    private readonly StoreFixture store = new();

    public void Dispose() => store.Dispose();

    private static string Hex(int number) => StoreFixture.Model(number).Hex;

    private string[] Edges(int child)
    {
        var graph = store.Refresh().Graph;
        var node = graph.Find(StoreFixture.Model(child));
        return [.. Enumerable.Range(0, graph.Parents(node).Length).Select(i =>
            $"{graph.ParentClaim(node, i).Kind.ToName()} {graph.ParentClaim(node, i).Relation.ToName()} {graph.Node(graph.Parents(node)[i])}")];
    }

    private void Attest(int child, string type, string predicate, string? signer = null) => store.Attest(StoreFixture.Model(child), type, JsonNode.Parse(predicate)!.AsObject(), signer);

    [Fact]
    public void Resolved_dependencies_are_edges_by_their_role()
    {
        Attest(1, SlsaV1, $$$"""
            {"buildDefinition": {"buildType": "https://example.org/train/v1", "externalParameters": {}, "resolvedDependencies": [
              {"digest": {"sha256": "{{{Hex(2)}}}"}, "annotations": {"role": "base_model"}},
              {"digest": {"sha256": "{{{Hex(3)}}}"}, "annotations": {"aixv.org/role": "Training-Data"}},
              {"digest": {"sha256": "{{{Hex(4)}}}"}, "annotations": {"role": "tokenizer"}},
              {"digest": {"sha256": "{{{Hex(5)}}}"}, "annotations": {"role": "benchmark"}},
              {"digest": {"sha256": "{{{Hex(6)}}}"}, "name": "inputs.tar"},
              {"digest": {"sha256": "{{{Hex(7)}}}"}, "annotations": {"role": "code"}}]}, "runDetails": {"builder": {"id": "https://example.org/builder"} } }
            """);
        Assert.Equal(
            [
                $"derived_from unspecified sha256:{Hex(2)}", $"trained_on unspecified sha256:{Hex(3)}", $"packaged_from tokenizer sha256:{Hex(4)}",
                $"evaluated_with unspecified sha256:{Hex(5)}", $"derived_from input sha256:{Hex(6)}",
            ],
            Edges(1));
    }

    [Fact]
    public void Without_a_role_the_address_tells_a_dataset_from_a_model_and_both_from_code_and_tools()
    {
        Attest(1, SlsaV1, $$$"""
            {"buildDefinition": {"resolvedDependencies": [
              {"uri": "https://huggingface.co/datasets/org/corpus", "digest": {"gitCommit": "0123456789012345678901234567890123456789"}},
              {"uri": "hf://org/base", "digest": {"sha256": "{{{Hex(2)}}}"}},
              {"uri": "pkg:huggingface/org/other@abc"},
              {"uri": "git+https://example.org/code", "digest": {"gitCommit": "0123456789012345678901234567890123456789"}},
              {"uri": "pkg:pypi/numpy@2.0", "digest": {"sha256": "{{{Hex(3)}}}"}},
              {"uri": "https://example.org/x", "digest": {"sha1": "0123456789012345678901234567890123456789"}},
              {"digest": {"sha256": "no digest at all"}}, {"annotations": {"role": "dataset"}}, {}, "text", 7, null]}}
            """);
        Assert.Equal(["trained_on unspecified https://huggingface.co/datasets/org/corpus", $"derived_from unspecified sha256:{Hex(2)}", "derived_from unspecified pkg:huggingface/org/other@abc"], Edges(1));
    }

    [Theory]
    [InlineData("https://slsa.dev/provenance/v0.2")]
    [InlineData("https://slsa.dev/provenance/v0.1")]
    [InlineData("https://in-toto.io/attestation/link/v0.3")]
    public void Materials_of_older_provenance_and_of_links_are_edges(string type)
    {
        Attest(1, type, $$$"""{"materials": [{"uri": "https://example.org/base.bin", "digest": {"sha256": "{{{Hex(2)}}}"}}]}""");
        Assert.Equal([$"derived_from input sha256:{Hex(2)}"], Edges(1));
    }

    [Theory]
    [InlineData(SlsaV1, """{"buildDefinition": 3}""")]
    [InlineData(SlsaV1, """{"buildDefinition": {"resolvedDependencies": {"digest": 1}}, "materials": "x"}""")]
    [InlineData("https://cyclonedx.org/bom", """{"materials": [{"digest": {"sha256": "0000000000000000000000000000000000000000000000000000000000000000"}}]}""")]
    [InlineData("https://slsa.dev/verification_summary/v1", """{"materials": [{"digest": {"sha256": "0000000000000000000000000000000000000000000000000000000000000000"}}]}""")]
    public void What_states_no_inputs_makes_no_edges_and_no_error(string type, string predicate)
    {
        Attest(1, type, predicate);
        Assert.Empty(Edges(1));
        Assert.Empty(store.Refresh().Report.Problems);
    }

    [Fact]
    public void A_builder_and_a_trainer_who_name_different_things_do_not_contradict_each_other()
    {
        store.Train(1, "alice", 2);
        Attest(1, SlsaV1, $$$"""{"buildDefinition": {"resolvedDependencies": [{"name": "inputs.tar", "digest": {"sha256": "{{{Hex(6)}}}"}}]}}""", "builder");
        store.Train(3, "alice");
        Attest(3, SlsaV1, $$$"""{"buildDefinition": {"resolvedDependencies": [{"name": "inputs.tar", "digest": {"sha256": "{{{Hex(6)}}}"}}]}}""", "builder");
        Assert.Empty(LineageContradictions.Find(store.Refresh(new FakeCheck()).Graph));
    }
}
