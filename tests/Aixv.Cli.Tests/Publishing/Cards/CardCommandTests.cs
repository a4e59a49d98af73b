using System.Text;

namespace Aixv.Cli.Tests.Publishing.Cards;

/// <summary><c>aixv card</c> with real signatures.</summary>
public sealed class CardCommandTests(PrivateInstance instance) : IDisposable
{
    private const string Claim = """{"parent_models": [{"uri": "hf://acme/base", "digest": "sha256:4f5bb533dc9a08cfd36c87f8bb3a5b08d3770bb7146376806be0615c8e1cd46e"}], "datasets": [{"name": "acme/words"}]}""";
    private const string Card = "---\nlicense: mit\nbase_model: acme/base\n---\n# Model\n";
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private CliFolder Folder => release.Folder;

    private async Task<string> AttestAsync(string claim = Claim)
    {
        Folder["AIXV_TRACK_URL"] = "https://track.example";
        var digest = release.Model("model.safetensors", "weights");
        await release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", claim);
        return digest;
    }

    private Task<CliRun> CardAsync(params string[] more) => release.RunAsync(["card", "README.md", .. more]);

    private async Task<string[]> FaultsAsync()
    {
        var before = File.ReadAllBytes(Path.Combine(Folder.Path, "README.md"));
        var run = await CardAsync("--check");
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(Folder.Path, "README.md")));
        string[] faults = [.. run.Json["faults"]!.AsArray().Select(f => (string)f!["code"]!)];
        run.Exits(faults.Length == 0 ? 0 : 1);
        Assert.Equal(faults.Length == 0, (bool?)run.Json["ok"]);
        return faults;
    }

    [Fact]
    public async Task The_section_says_what_is_proved_and_its_command_verifies()
    {
        var digest = await AttestAsync();
        Folder.Write("README.md", Card);
        Assert.True((bool?)(await CardAsync("--hub", "acme/model")).Exits(0).Json["changed"]);
        var card = Folder.Read("README.md");
        Assert.StartsWith(Card, card);
        Assert.Contains($"](<https://track.example/artifacts/{digest}>)", card);
        Assert.Contains("](<https://huggingface.co/acme/model/blob/main/model.training.sigstore.json>)", card);
        Assert.Contains($"- Digest: `{digest}`", card);
        var command = card.Split('\n').Single(line => line.StartsWith("aixv verify ", StringComparison.Ordinal)).Split(' ').Select(word => word.Trim('\'')).Skip(1);
        (await release.RunAsync([.. command])).Exits(0);
        Assert.False((bool?)(await CardAsync("--hub", "acme/model")).Exits(0).Json["changed"]);
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task The_check_fails_when_the_weights_are_others()
    {
        await AttestAsync();
        Folder.Write("README.md", Card);
        (await CardAsync()).Exits(0);
        Folder.Write("model.safetensors", "other weights");
        Assert.Equal(["not-attested", "digest-differs"], await FaultsAsync());
    }

    [Theory]
    [InlineData("base_model: acme/base", "base_model: acme/other", "base-model-differs")]
    [InlineData("base_model: acme/base", "base_model: [acme/base, acme/other]", "base-model-differs")]
    [InlineData("base_model: acme/base\n", "", "base-model-differs")]
    [InlineData("license: mit\n", "", "licence-missing")]
    [InlineData("license: mit\n", "license:\n", "licence-missing")]
    [InlineData("- Parents: hf", "- Parents: none, hf", "section-differs")]
    [InlineData("--identity 'release@example.org'", "--identity 'stranger@example.org'", "section-differs")]
    [InlineData("<!-- aixv:begin -->", "", null)]
    [InlineData("# Model", "# Another title", "")]
    public async Task The_check_finds_each_lie(string said, string lie, string? code)
    {
        await AttestAsync();
        Folder.Write("README.md", Card);
        (await CardAsync()).Exits(0);
        Folder.Write("README.md", Folder.Read("README.md").Replace(said, lie, StringComparison.Ordinal));
        if (code is null)
        {
            Assert.Contains("markers", (string?)(await CardAsync("--check")).Exits(1).Json["error"]);
        }
        else
        {
            Assert.Equal(code.Length == 0 ? [] : [code], await FaultsAsync());
        }
    }

    [Fact]
    public async Task A_card_without_a_section_does_not_pass_the_check()
    {
        await AttestAsync();
        Folder.Write("README.md", Card);
        Assert.Equal(["section-missing"], await FaultsAsync());
    }

    [Fact]
    public async Task A_parent_that_is_attested_by_its_digest_alone_may_be_the_one_of_the_front_matter()
    {
        await AttestAsync("""{"parent_models": [{"digest": "sha256:4f5bb533dc9a08cfd36c87f8bb3a5b08d3770bb7146376806be0615c8e1cd46e"}]}""");
        Folder.Write("README.md", Card);
        (await CardAsync()).Exits(0);
        Assert.Empty(await FaultsAsync());
        Folder.Write("README.md", Folder.Read("README.md").Replace("base_model: acme/base", "base_model: [acme/base, acme/b]", StringComparison.Ordinal));
        Assert.Equal(["base-model-differs"], await FaultsAsync());
    }

    [Fact]
    public async Task A_model_from_scratch_has_no_base_model()
    {
        await AttestAsync("""{"parent_models": []}""");
        Folder.Write("README.md", Card);
        (await CardAsync()).Exits(0);
        Assert.Equal(["base-model-differs"], await FaultsAsync());
    }

    [Fact]
    public async Task Every_file_of_the_model_has_its_part()
    {
        var first = await AttestAsync();
        var second = release.Model("more.gguf", "quantized");
        await release.AttestAsync(ReleaseFolder.Release, "more.gguf", "training", Claim);
        Folder.Write("README.md", Card);
        (await CardAsync()).Exits(0);
        Assert.Contains(first, Folder.Read("README.md"));
        Assert.Contains(second, Folder.Read("README.md"));
        Assert.Contains("### `more.gguf`", Folder.Read("README.md"));
        Assert.Empty(await FaultsAsync());
    }

    [Fact]
    public async Task Pointers_and_missing_files_are_refused_with_a_sentence()
    {
        Folder.Write("README.md", Card);
        Assert.Contains("no weights found", (string?)(await CardAsync()).Exits(1).Json["error"]);
        Folder.Write("model.safetensors", $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");
        Assert.Contains("is a Git LFS pointer", (string?)(await CardAsync()).Exits(1).Json["error"]);
        File.Delete(Path.Combine(Folder.Path, "README.md"));
        Assert.Contains("card not found", (string?)(await CardAsync()).Exits(1).Json["error"]);
    }

    [Fact]
    public async Task A_hand_written_section_is_left_alone_and_told_of()
    {
        await AttestAsync();
        Folder.Write("README.md", $"{Card}\n## Provenance & Attestation\n\nold words\n");
        var run = (await CardAsync()).Exits(0);
        Assert.Contains("another section has the title", run.Json["warnings"]!.ToJsonString());
        Assert.Contains("old words", Folder.Read("README.md"));
    }

    [Fact]
    public async Task A_card_behind_a_link_keeps_its_link_and_its_rights()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "there are no such rights");
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await AttestAsync();
        Folder.Write("real.md", Card);
        File.SetUnixFileMode(Path.Combine(Folder.Path, "real.md"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        File.CreateSymbolicLink(Path.Combine(Folder.Path, "README.md"), "real.md");
        (await CardAsync()).Exits(0);
        Assert.Equal("real.md", new FileInfo(Path.Combine(Folder.Path, "README.md")).LinkTarget);
        Assert.Contains("aixv:begin", Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(Folder.Path, "real.md"))));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(Path.Combine(Folder.Path, "real.md")));
    }
}
