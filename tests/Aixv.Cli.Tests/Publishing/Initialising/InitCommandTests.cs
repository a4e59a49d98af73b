using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Publishing.Initialising;

public sealed class InitCommandTests : IDisposable
{
    private readonly CliFolder folder = new();

    public InitCommandTests()
    {
        folder.Write("model.safetensors", "weights");
        folder.Write("config.json", """{"architectures": ["LlamaForCausalLM"], "transformers_version": "4.50.0"}""");
    }

    public void Dispose() => folder.Dispose();

    private async Task<JsonObject> InitAsync(params string[] more) => (await folder.RunAsync(["init", "--json", .. more])).Exits(0).Json;

    private static string StateOf(JsonObject answer, string path) => (string)answer["files"]!.AsArray().Single(f => (string?)f!["path"] == path)!["state"]!;

    private JsonObject Json(string name) => JsonNode.Parse(folder.Read(name))!.AsObject();

    private Dictionary<string, string> Files() => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).ToDictionary(f => f, File.ReadAllText);

    [Fact]
    public async Task It_writes_what_it_sees_and_asks_nothing()
    {
        folder.Write("README.md", "---\nlicense: mit\nbase_model: acme/base\n---\n");
        var answer = await InitAsync("--hub", "acme/model", "--track", "http://localhost:3000");
        Assert.Equal(("acme/model", "http://localhost:3000"), ((string?)answer["hub"], (string?)answer["track"]));
        Assert.Equal("acme/base", (string?)Json("training.json")["parent_models"]![0]!["name"]);
        Assert.Equal("LlamaForCausalLM", (string?)Json("training.json")["metadata"]!["architecture"]);
        Assert.Equal("declared", (string?)answer["observed"]!["metadata.architecture"]!["basis"]);
        Assert.Equal("""["model.safetensors"]""", Json("aixv.json")["weights"]!.ToJsonString());
        Assert.Contains("id-token: write", folder.Read(".github/workflows/aixv.yml"));
        (await folder.RunAsync("attest", "model.safetensors", "--predicate", "training", "--input", "training.json", "--no-sign")).Exits(0);
    }

    [Fact]
    public async Task Nothing_known_is_still_a_claim_that_attest_takes()
    {
        File.Delete(Path.Combine(folder.Path, "config.json"));
        var answer = await InitAsync();
        Assert.Null(answer["hub"]);
        Assert.Contains("parent_models", answer["to_do"]!.ToJsonString());
        (await folder.RunAsync("attest", "model.safetensors", "--predicate", "training", "--input", "training.json", "--no-sign")).Exits(0);
    }

    [Fact]
    public async Task The_second_time_changes_nothing()
    {
        await InitAsync("--hub", "acme/model", "--action", "acme/fork@v2");
        var before = Files();
        var answer = await InitAsync();
        Assert.Equal(before, Files());
        Assert.All(answer["files"]!.AsArray(), f => Assert.Equal("unchanged", (string?)f!["state"]));
    }

    [Fact]
    public async Task What_nobody_changed_follows_the_folder()
    {
        await InitAsync();
        folder.Write("config.json", """{"architectures": ["Other"], "transformers_version": "5.0.0"}""");
        Assert.Equal("updated", StateOf(await InitAsync(), "training.json"));
        Assert.Equal("5.0.0", (string?)Json("training.json")["training_run"]!["framework_version"]);
        Assert.Equal("unchanged", StateOf(await InitAsync(), "training.json"));
    }

    [Fact]
    public async Task What_somebody_changed_stays_byte_for_byte()
    {
        await InitAsync();
        const string Edited = "{ \"parent_models\": [],\r\n  \"training_run\": {\"framework\": \"ours\", \"seed\": 18446744073709551615} }";
        folder.Write("training.json", Edited);
        folder.Write(".github/workflows/aixv.yml", "name: mine\n");
        folder.Write("aixv.json", folder.Read("aixv.json").Replace("\"card\": \"README.md\"", "\"card\": \"CARD.md\", \"mine\": 1", StringComparison.Ordinal));
        var (claim, workflow, project) = (folder.Read("training.json"), folder.Read(".github/workflows/aixv.yml"), folder.Read("aixv.json"));
        var answer = await InitAsync();
        Assert.Equal((claim, workflow, project), (folder.Read("training.json"), folder.Read(".github/workflows/aixv.yml"), folder.Read("aixv.json")));
        Assert.Equal(("kept", "kept", "unchanged"), (StateOf(answer, "training.json"), StateOf(answer, ".github/workflows/aixv.yml"), StateOf(answer, "aixv.json")));
        Assert.Contains("training_run.framework_version", answer["warnings"]!.ToJsonString());

        var refreshed = await InitAsync("--refresh");
        Assert.Equal("updated", StateOf(refreshed, "training.json"));
        var now = Json("training.json");
        Assert.Equal(("ours", "18446744073709551615", "4.50.0"), ((string?)now["training_run"]!["framework"], now["training_run"]!["seed"]!.ToJsonString(), (string?)now["training_run"]!["framework_version"]));
        Assert.Empty(now["parent_models"]!.AsArray());

        await InitAsync("--hub", "acme/other");
        Assert.Equal(("acme/other", 1, "CARD.md"), ((string?)Json("aixv.json")["hub"], (int?)Json("aixv.json")["mine"], (string?)Json("aixv.json")["card"]));
    }

    [Fact]
    public async Task Files_that_were_there_before_are_not_ours()
    {
        folder.Write("training.json", """{"parent_models": []}""");
        Assert.Equal("kept", StateOf(await InitAsync(), "training.json"));
        Assert.Equal("""{"parent_models": []}""", folder.Read("training.json"));
        folder.Write("training.json", "not json");
        var answer = await InitAsync();
        Assert.Equal("kept", StateOf(answer, "training.json"));
        Assert.Contains("not valid JSON", answer["warnings"]!.ToJsonString());
    }

    [Fact]
    public async Task A_clone_of_a_hub_names_the_model_and_a_folder_in_a_repository_gets_its_workflow_at_the_root()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, ".git", "refs", "heads"));
        folder.Write(".git/HEAD", "ref: refs/heads/main\n");
        folder.Write(".git/refs/heads/main", "0123456789abcdef0123456789abcdef01234567\n");
        folder.Write(".git/config", "[remote \"origin\"]\n\turl = https://user:hf_secret@huggingface.co/acme/model\n");
        Directory.CreateDirectory(Path.Combine(folder.Path, "sub"));
        folder.Write("sub/weights.gguf", "GGUF");
        var answer = await InitAsync("sub");
        Assert.Equal("acme/model", (string?)answer["hub"]);
        Assert.Contains("folder: \"sub\"", folder.Read(".github/workflows/aixv.yml"));
        Assert.True(folder.Has("sub/aixv.json"));
        Assert.DoesNotContain("hf_secret", string.Concat(Files().Where(f => !f.Key.Contains(".git/", StringComparison.Ordinal)).Select(f => f.Value)));
    }

    [Fact]
    public async Task Gitlab_gets_its_own_files()
    {
        await InitAsync("--ci", "gitlab");
        Assert.Contains("SIGSTORE_ID_TOKEN", folder.Read(".gitlab/aixv.yml"));
        Assert.Contains(".gitlab/aixv.yml", folder.Read(".gitlab-ci.yml"));
        Assert.False(folder.Has(".github"));
        await InitAsync("--ci", "none");
    }

    [Theory]
    [InlineData("--hub", "model")]
    [InlineData("--hub", "../x")]
    [InlineData("--hub", "a/b/c")]
    [InlineData("--track", "http://registry.example")]
    [InlineData("--track", "ftp://registry.example")]
    [InlineData("--ci", "jenkins")]
    public async Task Names_that_cannot_be_are_refused(string option, string value) => (await folder.RunAsync("init", option, value)).Exits(2);

    [Fact]
    public async Task A_pointer_in_the_place_of_weights_is_told_of()
    {
        folder.Write("model.safetensors", $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");
        Assert.Contains("Git LFS pointer", (await InitAsync())["warnings"]!.ToJsonString());
    }
}
