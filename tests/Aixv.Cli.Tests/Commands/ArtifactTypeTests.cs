using System.Text.Json.Nodes;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;

namespace Aixv.Cli.Tests.Commands;

/// <summary>What an artifact is, and which files of a folder are artifacts at all.</summary>
public sealed class ArtifactTypeTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    private CliFolder Folder => release.Folder;

    public void Dispose() => release.Dispose();

    public static TheoryData<string, string, string?> Claims => new()
    {
        { "training", """{"parent_models": []}""", "base-model" },
        { "training", """{"parent_models": [{"name": "b"}]}""", "fine-tuned-model" },
        { "training", """{"parent_models": [{"name": "b", "relation": "lora"}]}""", "lora-adapter" },
        { "training", """{"parent_models": [{"name": "b"}], "metadata": {"base_model_relation": "quantized"}}""", "quantized-model" },
        { "training", """{"parent_models": [{"name": "b"}], "metadata": {"artifact_type": "vendor.example/thing"}}""", "vendor.example/thing" },
        { "training", """{"datasets": []}""", null },
        { "packaging", """{"transform_type": "quantize"}""", "quantized-model" },
        { "packaging", """{"transform_type": "merge-adapter"}""", "fine-tuned-model" },
        { "packaging", """{"transform_type": "convert"}""", null },
        { "cl-delta", "{}", "cl-delta" },
        { "evaluation", "{}", null },
    };

    [Theory, MemberData(nameof(Claims))]
    public void A_claim_tells_the_type(string predicate, string content, string? type) =>
        Assert.Equal(type, StatedType.Of($"https://aixv.org/attestation/{predicate}/v1", JsonNode.Parse(content)!.AsObject())?.Type);

    [Theory]
    [InlineData("tokenizer.json", "{}", "tokenizer")]
    [InlineData("tokenizer.json", "\u0008binary", null)]
    [InlineData("model.gguf", "GGUF\u0003", "quantized-model")]
    [InlineData("model.gguf", "{}", null)]
    [InlineData("adapter_model.safetensors", "x", "lora-adapter")]
    [InlineData("model.safetensors", "x", null)]
    [InlineData("train.parquet", "PAR1", "dataset")]
    [InlineData("config.json", "", null)]
    public void A_file_tells_the_type_where_name_and_bytes_agree(string name, string content, string? type)
    {
        Folder.Write(name, content);
        Assert.Equal(type, FileKind.Of(Path.Combine(Folder.Path, name)));
    }

    [Fact]
    public async Task The_type_chooses_which_claims_are_required_and_the_option_overrides_it()
    {
        release.Model("model.bin", "weights");
        (await release.AsAsync(ReleaseFolder.Release, "sign", "model.bin")).Exits(0);
        var policy = await release.PolicyAsync(""" "required_predicates": {"fine-tuned-model": ["evaluation"], "base-model": ["training"]}""");
        string[] judge = ["verify", "model.bin", .. policy];
        Assert.Contains("type is not known", (string?)(await release.RunAsync(judge)).Exits(1).Json["error"], StringComparison.Ordinal);

        // A stranger may not choose.
        await release.AttestAsync(ReleaseFolder.Stranger, "model.bin", "training", """{"parent_models": []}""");
        Assert.Contains("type is not known", (string?)(await release.RunAsync(judge)).Exits(1).Json["error"], StringComparison.Ordinal);
        await release.AttestAsync(ReleaseFolder.Release, "model.bin", "training", """{"parent_models": []}""");
        var admitted = (await release.RunAsync(judge)).Exits(0).Json;
        Assert.Equal("base-model", (string?)admitted["admission_evidence"]!["artifact_type"]);
        Assert.Contains("an evaluation attestation is required of fine-tuned-model", (string?)(await release.RunAsync([.. judge, "--artifact-type", "fine-tuned-model"])).Exits(1).Json["error"], StringComparison.Ordinal);
        (await release.RunAsync([.. judge, "--save-decision", "d.json"])).Exits(0);
        Assert.Contains("\"artifact_type_source\":\"attestations/sha256_", Folder.Read("d.json").Replace("\": \"", "\":\"", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_files_name_chooses_among_the_rules_and_gets_around_none()
    {
        Folder.Write("tokenizer.json", "{}");
        (await release.AsAsync(ReleaseFolder.Release, "sign", "tokenizer.json")).Exits(0);
        (await release.RunAsync(["verify", "tokenizer.json", .. await release.PolicyAsync(""" "required_predicates": {"base-model": ["training"]}""", "one")])).Exits(1);
        (await release.RunAsync(["verify", "tokenizer.json", .. await release.PolicyAsync(""" "required_predicates": {"base-model": ["training"], "tokenizer": []}""", "two")])).Exits(0);
    }

    [Fact]
    public async Task Of_a_model_folder_what_changes_the_model_is_judged_and_the_rest_is_named()
    {
        var policy = await release.PolicyAsync();
        Directory.CreateDirectory(Path.Combine(Folder.Path, "m", "sub"));
        Directory.CreateDirectory(Path.Combine(Folder.Path, "m", ".aixv"));
        string[] artifacts = ["m/LICENSE.py", "m/README.safetensors", "m/config.json", "m/model.safetensors", "m/modeling.py", "m/sneaky.json", "m/statement-with-more.json", "m/sub/tokenizer.json"];
        foreach (var name in artifacts)
        {
            Folder.Write(name, "{}");
            (await release.AsAsync(ReleaseFolder.Release, "sign", name)).Exits(0);
        }

        // What only pretends to be a document of ours is loaded as a configuration all the same, so it is judged.
        Folder.Write("m/sneaky.json", """{"policy_type": "aixv.policy/v1", "subject": "x", "auto_map": {"AutoModel": "modeling.Evil"}}""");
        Folder.Write("m/statement-with-more.json", """{"_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "x", "predicate": {}, "auto_map": {}}""");
        string[] companions = ["m/README.md", "m/LICENSE", "m/Notice.txt", "m/model.intoto.jsonl", "m/model.sig", "m/policy.json", "m/statement.json", "m/.hidden"];
        foreach (var name in companions)
        {
            Folder.Write(name, "{}");
        }

        Folder.Write("m/policy.json", """{"policy_type": "aixv.policy/v1", "subject": "x"}""");
        Folder.Write("m/statement.json", """{"_type": "https://in-toto.io/Statement/v1", "subject": [], "predicateType": "x", "predicate": {}}""");
        Directory.CreateSymbolicLink(Path.Combine(Folder.Path, "m", "again"), Path.Combine(Folder.Path, "m"));
        Directory.CreateDirectory(Path.Combine(Folder.Path, "elsewhere"));
        Folder.Write("elsewhere/tokenizer.json", "[]");
        Directory.CreateSymbolicLink(Path.Combine(Folder.Path, "m", "zlink"), Path.Combine(Folder.Path, "elsewhere"));

        var json = (await release.RunAsync(["admit", "m", .. policy])).Exits(1).Json;
        var judged = json["results"]!.AsArray().Select(result => (string)result!["artifact"]!).ToList();
        Assert.Equal([.. artifacts, "m/zlink/tokenizer.json"], judged);
        Assert.Equal(
            ["m/sneaky.json", "m/statement-with-more.json", "m/zlink/tokenizer.json"],
            json["results"]!.AsArray().Where(r => (string?)r!["admission_decision"] == "deny").Select(r => (string)r!["artifact"]!));
        var skipped = json["skipped"]!.AsArray().Select(file => (string)file!["path"]!).ToList();
        Assert.Subset(skipped.ToHashSet(), companions.ToHashSet());
        Assert.Contains("m/.aixv", skipped);
        Assert.Contains(json["skipped"]!.AsArray(), file => ((string)file!["reason"]!).Contains("which was looked at", StringComparison.Ordinal));

        // What is named outright is judged whatever it is.
        Assert.Single((await release.RunAsync(["admit", "m/README.md", .. policy])).Exits(1).Json["results"]!.AsArray());
    }
}
