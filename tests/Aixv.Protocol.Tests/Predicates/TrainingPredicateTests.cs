using System.Text.Json.Nodes;
using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Tests.Predicates;

public sealed class TrainingPredicateTests
{
    private const string Hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private const string Commit = "3f786850e387550fdab836ed7e6dc881de23001b";

    private static Predicate Read(string json) => PredicateTypes.Read("training", JsonNode.Parse(json)!.AsObject());

    /// <summary>The example of the publisher guide, its placeholders filled in.</summary>
    [Fact]
    public void The_example_of_the_publisher_guide_is_accepted_as_it_is()
    {
        var json = $$"""
            {
              "parent_models": [{ "digest": "sha256:{{Hex}}", "uri": "https://huggingface.co/org/parent-model" }],
              "datasets": [{ "digest": "sha256:{{Hex}}", "uri": "https://huggingface.co/datasets/org/dataset", "split": "train" }],
              "training_run": {
                "framework": "PyTorch",
                "framework_version": "2.3.0",
                "code_digest": "sha256:{{Hex}}",
                "environment_digest": "sha256:{{Hex}}"
              }
            }
            """;
        var predicate = Read(json);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(json), predicate.Content));
        Assert.Equal("https://aixv.org/attestation/training/v1", predicate.Uri);
        Assert.Equal(("training", "v1", true), (predicate.Name, predicate.Version, predicate.IsValidated));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"parent_models":[]}""")]
    [InlineData("""{"parent_models":[{"name":"a base"}],"datasets":[{"uri":"hf://datasets/org/d"}]}""")]
    [InlineData("""{"datasets":[{"name":"d","split":"a split of our own","licence":"MIT"}]}""")]
    [InlineData("""{"training_run":{"code_uri":"https://github.com/org/repo@3f786850e387550fdab836ed7e6dc881de23001b","launcher":"slurm"}}""")]
    [InlineData("""{"hyperparameters":{"seed":9007199254740993},"compute":{},"metadata":{"x":[1]},"anything":{"else":true}}""")]
    [InlineData("""{"parent_models":null,"datasets":null,"training_run":null}""")]
    public void Partial_claims_are_accepted_and_kept(string json) =>
        Assert.Equal(JsonNode.Parse(json)!.ToJsonString(), Read(json).Content.ToJsonString());

    [Fact]
    public void Digests_come_out_canonical()
    {
        var content = Read($$$"""{"parent_models":[{"digest":" SHA256:{{{Hex.ToUpperInvariant()}}} "},{"digest":"{{{Hex}}}"}],"training_run":{"code_digest":"{{{Hex}}}"}}""").Content;
        Assert.Equal($"sha256:{Hex}", (string?)content["parent_models"]![0]!["digest"]);
        Assert.Equal($"sha256:{Hex}", (string?)content["parent_models"]![1]!["digest"]);
        Assert.Equal($"sha256:{Hex}", (string?)content["training_run"]!["code_digest"]);
    }

    public static TheoryData<string, string> Faults => new()
    {
        { """{"parent_models":{}}""", "parent_models: expected a list, found an object" },
        { """{"parent_models":["x"]}""", "parent_models[0]: expected an object, found a string" },
        { """{"parent_models":[null]}""", "parent_models[0]: expected an object, found nothing" },
        { """{"parent_models":[{}]}""", "parent_models[0]: a parent model needs at least one of digest, uri and name" },
        { """{"parent_models":[{"name":"a"},{"digest":null}]}""", "parent_models[1]: a parent model needs at least one of" },
        { """{"datasets":[{"split":"train"}]}""", "datasets[0]: a dataset needs at least one of digest, uri and name" },
        { """{"datasets":[{"digest":"sha256:abc"}]}""", "datasets[0].digest: invalid sha256 digest: sha256:abc" },
        { """{"datasets":[{"digest":5}]}""", "datasets[0].digest: expected a string, found a number" },
        { """{"datasets":[{"uri":" "}]}""", "datasets[0].uri: is empty" },
        { """{"datasets":[{"name":"d","split":true}]}""", "datasets[0].split: expected a string, found a boolean" },
        { """{"training_run":[]}""", "training_run: expected an object, found a list" },
        { """{"training_run":{"framework":1}}""", "training_run.framework: expected a string, found a number" },
        { $$$"""{"training_run":{"code_digest":"{{{Commit}}}"}}""", $"training_run.code_digest: {Commit} is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@{Commit}" },
        { $$$"""{"training_run":{"code_digest":"sha1:{{{Commit}}}"}}""", $"is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@{Commit}" },
        { $$$"""{"parent_models":[{"digest":"sha256:{{{Commit}}}"}]}""", "parent_models[0].digest: " },
        { """{"training_run":{"environment_digest":"sha256:"}}""", "training_run.environment_digest: invalid sha256 digest" },
        { """{"hyperparameters":[1]}""", "hyperparameters: expected an object, found a list" },
        { """{"compute":"8 GPUs"}""", "compute: expected an object, found a string" },
        { """{"metadata":7}""", "metadata: expected an object, found a number" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void A_fault_is_named_with_its_place(string json, string expected)
    {
        var message = Assert.Throws<FormatException>(() => Read(json)).Message;
        Assert.StartsWith("invalid training predicate: ", message);
        Assert.Contains(expected, message);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var message = Assert.Throws<FormatException>(() => Read("""{"parent_models":[{}],"datasets":[{"digest":"x"}],"compute":1}""")).Message;
        Assert.Contains("parent_models[0]", message);
        Assert.Contains("datasets[0].digest", message);
        Assert.Contains("compute", message);
    }
}
