using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Commands;

public sealed class AttestGuessTests : IDisposable
{
    private const string Commit = "0123456789abcdef0123456789abcdef01234567";
    private readonly CliFolder folder = new();

    public AttestGuessTests() => folder.Write("model.safetensors", "weights");

    public void Dispose() => folder.Dispose();

    private async Task<(JsonObject Claim, JsonObject Guessed)> GuessAsync(params string[] more)
    {
        var json = (await folder.RunAsync(["attest", "model.safetensors", "--guess", "--no-sign", "--json", .. more])).Exits(0).Json;
        return (JsonNode.Parse(folder.Read((string)json["statement_path"]!))!["predicate"]!.AsObject(), json["guessed"]!.AsObject());
    }

    private void Git(string remote)
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, ".git", "refs", "heads"));
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        folder.Write(".git/refs/heads/main", $"{Commit}\n");
        folder.Write(".git/config", $"[core]\n\tbare = false\n[remote \"origin\"]\n\turl = {remote}\n\tfetch = +refs/heads/*\n");
    }

    [Fact]
    public async Task What_lies_beside_the_artifact_becomes_a_claim_that_says_where_each_field_comes_from()
    {
        folder.Write("config.json", """{"architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "bfloat16", "max_position_embeddings": 8192, "transformers_version": "4.50.0"}""");
        folder.Write("README.md", """
            ---
            license: apache-2.0 # a comment
            base_model:
            - "example/base-7b"
            base_model_relation: finetune
            datasets: [example/words, 'example/more']
            model-index:
            - name: nested
              results:
              - task: x
            ---
            # A model
            base_model: not/this
            """);
        folder.Write("trainer_state.json", """{"global_step": 1200, "epoch": 3.0, "total_flos": 1.5e18, "train_batch_size": 8, "log_history": []}""");
        folder.Write("training_args.bin", "a pickle that nobody opens");
        folder.Write("tokenizer.json", "{}");
        Git("https://user:secret@example.com/org/training.git");
        var (claim, guessed) = await GuessAsync();
        Assert.Equal("""[{"name":"example/base-7b","relation":"finetune","uri":"hf://example/base-7b"}]""", claim["parent_models"]!.ToJsonString());
        Assert.Equal(["hf://datasets/example/words", "hf://datasets/example/more"], claim["datasets"]!.AsArray().Select(d => (string)d!["uri"]!));
        Assert.Equal($"https://example.com/org/training.git@{Commit}", (string?)claim["training_run"]!["code_uri"]);
        Assert.Equal(("transformers", "4.50.0", 1200), ((string?)claim["training_run"]!["framework"], (string?)claim["training_run"]!["framework_version"], (int?)claim["training_run"]!["global_step"]));
        Assert.Equal(("LlamaForCausalLM", 8192, "apache-2.0"), ((string?)claim["metadata"]!["architecture"], (int?)claim["metadata"]!["context_length"], (string?)claim["metadata"]!["license"]));
        Assert.Equal("1.5e18", claim["compute"]!["total_flos"]!.ToJsonString());
        Assert.StartsWith("sha256:", (string?)claim["metadata"]!["tokenizer_digest"]);
        Assert.True(JsonNode.DeepEquals(guessed, claim["metadata"]!["field_sources"]));
        string Basis(string field) => $"{guessed[field]!["basis"]}, {guessed[field]!["from"]}";
        Assert.Equal("declared, README.md front matter", Basis("parent_models[0]"));
        Assert.Equal("declared, config.json", Basis("metadata.architecture"));
        Assert.Equal("observed, git HEAD", Basis("training_run.code_uri"));
        Assert.Equal("observed, training_args.bin", Basis("training_run.training_args_digest"));
        Assert.DoesNotContain("secret", folder.Read("model.training.statement.json"));
    }

    [Fact]
    public async Task An_adapter_names_its_base_once_with_its_revision()
    {
        folder.Write("adapter_config.json", """{"base_model_name_or_path": "example/base-7b", "revision": "v2", "peft_type": "LORA", "r": 16, "target_modules": ["q_proj"]}""");
        folder.Write("README.md", "---\nbase_model: example/base-7b\n---\n");
        var (claim, _) = await GuessAsync();
        Assert.Equal("""[{"name":"example/base-7b","relation":"adapter","uri":"hf://example/base-7b@v2"}]""", claim["parent_models"]!.ToJsonString());
        Assert.Equal((16, "LORA"), ((int?)claim["hyperparameters"]!["r"], (string?)claim["metadata"]!["peft_type"]));
    }

    [Fact]
    public async Task What_the_user_says_stays_and_is_not_marked_as_guessed()
    {
        folder.Write("README.md", "---\nbase_model: example/wrong\nlicense: mit\n---\n");
        folder.Write("claim.json", """{"parent_models": [], "metadata": {"license": "ours"}}""");
        folder.Write("config.json", """{"model_type": "llama"}""");
        var (claim, guessed) = await GuessAsync("--input", "claim.json");
        Assert.Empty(claim["parent_models"]!.AsArray());
        Assert.Equal("ours", (string?)claim["metadata"]!["license"]);
        Assert.Equal(["metadata.architecture", "metadata.model_type"], guessed.Select(g => g.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_clone_of_a_model_hub_is_the_model_and_not_its_code()
    {
        Git("https://huggingface.co/example/chat");
        var (claim, _) = await GuessAsync();
        Assert.Equal($"https://huggingface.co/example/chat@{Commit}", (string?)claim["metadata"]!["repository"]);
        Assert.False(claim.ContainsKey("training_run"));
        Assert.False(claim.ContainsKey("parent_models"));
    }

    [Theory]
    [InlineData("/models/base")]
    [InlineData("../base")]
    [InlineData("C:\\base")]
    public async Task A_path_of_somebodys_machine_names_no_parent(string path)
    {
        folder.Write("adapter_config.json", new JsonObject { ["base_model_name_or_path"] = path, ["r"] = 8 }.ToJsonString());
        Assert.False((await GuessAsync()).Claim.ContainsKey("parent_models"));
    }

    [Fact]
    public async Task Nothing_to_guess_from_and_damaged_files_are_said_and_nothing_written()
    {
        Assert.Contains("nothing to guess from beside model.safetensors", (await folder.RunAsync("attest", "model.safetensors", "--guess")).Exits(1).Error);
        folder.Write("config.json", "{");
        Assert.Contains("config.json: not valid JSON", (await folder.RunAsync("attest", "model.safetensors", "--guess")).Exits(1).Error);
        Assert.False(folder.Has(".aixv"));
        Assert.Contains("--guess fills claims of type training only", (await folder.RunAsync("attest", "model.safetensors", "--guess", "--predicate", "evaluation")).Exits(2).Error);
    }
}
