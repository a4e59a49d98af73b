using System.Security.Cryptography;
using System.Text;
using Aixv.Cli.Tests.Publishing.Servers;

namespace Aixv.Cli.Tests.Publishing;

/// <summary><c>aixv fetch</c> from servers that speak the protocols, and from folders.</summary>
public sealed class FetchCommandTests(PrivateInstance instance) : IAsyncLifetime
{
    private const string Weights = "weights of the model";
    private PublishingWorld world = null!;

    private static byte[] Bytes => Encoding.UTF8.GetBytes(Weights);

    private CliFolder Folder => world.Folder;

    public async ValueTask InitializeAsync()
    {
        world = await PublishingWorld.StartAsync(instance);
        world.Release.Model("model.safetensors", Weights);
        await world.Release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", """{"parent_models": []}""");
        world.Hub.Create("acme/model");
        world.Hub.Put("acme/model", "model.safetensors", Bytes);
        world.Hub.Put("acme/model", "README.md", "# card"u8.ToArray());
        world.Hub.Put("acme/model", "config.json", "{}"u8.ToArray());
        world.Hub.Put("acme/model", "model.training.sigstore.json", Bundle);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private byte[] Bundle => File.ReadAllBytes(Path.Combine(Folder.Path, "model.training.sigstore.json"));

    private Task<CliRun> FetchAsync(params string[] arguments) => world.Release.RunAsync(["fetch", .. arguments, "--identity", ReleaseFolder.Release]);

    private static string State(CliRun run, string path) => (string)run.Json["files"]!.AsArray().Single(f => (string?)f!["path"] == path)!["state"]!;

    private string[] Left(string folder) => !Folder.Has(folder) ? [] :
        [.. Directory.EnumerateFiles(Path.Combine(Folder.Path, folder), "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Path.Combine(Folder.Path, folder), f)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task A_model_of_a_hub_is_put_in_its_place_with_its_bundle_once_it_is_verified()
    {
        var run = (await FetchAsync("acme/model")).Exits(0);
        Assert.Equal("placed", State(run, "model.safetensors"));
        Assert.Equal(["model.safetensors", "model.training.sigstore.json"], Left("model"));
        Assert.Equal(Weights, Folder.Read("model/model.safetensors"));
        Assert.Equal(Bundle, File.ReadAllBytes(Path.Combine(Folder.Path, "model/model.training.sigstore.json")));
        Assert.Contains("config.json", run.Json["skipped"]!.ToJsonString());
        Assert.Empty(world.Contents.Leaked);
        Assert.Equal("verified", State((await FetchAsync("acme/model")).Exits(0), "model.safetensors"));
        Assert.Equal("verified", State((await FetchAsync("model")).Exits(0), "model.safetensors"));
    }

    [Fact]
    public async Task The_address_of_the_hubs_page_is_the_model()
    {
        (await FetchAsync($"{world.Hub.Url}acme/model", "-o", "out")).Exits(0);
        Assert.Equal(["model.safetensors", "model.training.sigstore.json"], Left("out"));
    }

    [Fact]
    public async Task What_no_bundle_is_about_is_taken_when_asked_and_said_to_be_unverified()
    {
        var run = (await FetchAsync("acme/model", "--with-unverified")).Exits(0);
        Assert.Equal(("placed", "unverified"), (State(run, "model.safetensors"), State(run, "config.json")));
        Assert.Equal(["README.md", "config.json", "model.safetensors", "model.training.sigstore.json"], Left("model"));
    }

    [Fact]
    public async Task Who_did_not_sign_is_refused_and_nothing_is_left_behind()
    {
        var run = (await world.Release.RunAsync("fetch", "acme/model", "--identity", ReleaseFolder.Stranger)).Exits(1);
        Assert.Equal("refused", State(run, "model.safetensors"));
        Assert.Contains("identity-mismatch", (string?)run.Json["error"]);
        Assert.Empty(Left("model"));
        Assert.Contains("identity constraints required", (string?)(await world.Release.RunAsync("fetch", "acme/model")).Exits(1).Json["error"]);
    }

    [Fact]
    public async Task Other_weights_are_refused_and_nothing_is_left_behind()
    {
        world.Hub.Put("acme/model", "model.safetensors", "other weights"u8.ToArray());
        Folder["AIXV_TRACK_URL"] = "";
        var run = (await FetchAsync("acme/model")).Exits(1);
        Assert.Equal("refused", State(run, "model.safetensors"));
        Assert.Empty(Left("model"));
    }

    [Fact]
    public async Task One_file_that_is_refused_holds_back_the_others()
    {
        world.Hub.Put("acme/model", "second.safetensors", "others"u8.ToArray());
        var run = (await FetchAsync("acme/model")).Exits(1);
        Assert.Equal(("held", "refused"), (State(run, "model.safetensors"), State(run, "second.safetensors")));
        Assert.Empty(Left("model"));
        (await FetchAsync("acme/model", "--file", "model.safetensors")).Exits(0);
    }

    [Fact]
    public async Task Without_a_bundle_beside_it_the_registry_is_asked_by_digest()
    {
        (await world.Release.RunAsync("publish", "--to", "track")).Exits(0);
        world.Hub.Create("acme/bare");
        world.Hub.Put("acme/bare", "model.safetensors", Bytes);
        Folder["AIXV_TRACK_KEY"] = "";
        (await FetchAsync("acme/bare")).Exits(0);
        Assert.Equal(["model.safetensors", "model.training.sigstore.json"], Left("bare"));

        Directory.CreateDirectory(Path.Combine(Folder.Path, "plain"));
        Folder.Write("plain/model.safetensors", Weights);
        (await FetchAsync("plain")).Exits(0);
        Assert.Equal(Bundle, File.ReadAllBytes(Path.Combine(Folder.Path, "plain/model.training.sigstore.json")));

        Folder["AIXV_TRACK_URL"] = "";
        Assert.Contains("no bundle about", (string?)(await FetchAsync("acme/bare", "-o", "other")).Exits(1).Json["error"]);
        Assert.Empty(world.Contents.Leaked);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task A_model_of_an_oci_registry_has_its_bundles_as_referrers(bool hasReferrers, bool isPrivate)
    {
        Folder["AIXV_TRACK_URL"] = "";
        (world.Oci.HasReferrers, world.Oci.IsPrivate) = (hasReferrers, isPrivate);
        world.Oci.Push("acme/model", "v1", ("model.safetensors", Bytes), ("config.json", "{}"u8.ToArray()));
        (await world.Release.RunAsync("publish", "--oci", world.OciReference("acme/model:v1"))).Exits(0);
        (await FetchAsync($"oci://{world.OciReference("acme/model:v1")}")).Exits(0);
        Assert.Equal(["model.safetensors", "model.training.sigstore.json"], Left("model"));
        Assert.Empty(world.Contents.Leaked);
    }

    [Fact]
    public async Task A_registry_that_gives_other_bytes_is_refused()
    {
        world.Oci.Push("acme/model", "v1", ("model.safetensors", Bytes));
        (await world.Release.RunAsync("publish", "--oci", world.OciReference("acme/model:v1"))).Exits(0);
        world.Oci.Corrupt(Bytes);
        (await FetchAsync($"oci://{world.OciReference("acme/model:v1")}")).Exits(3);
        Assert.DoesNotContain("model.safetensors", Left("model"));
    }

    [Fact]
    public async Task Names_that_lead_out_of_the_folder_are_refused()
    {
        foreach (var name in (string[])["../escaped.safetensors", "/tmp/escaped.safetensors", "a/../../escaped.safetensors"])
        {
            world.Oci.Push("acme/evil", "v1", (name, Bytes));
            Assert.Contains("no path inside a folder", (string?)(await FetchAsync($"oci://{world.OciReference("acme/evil:v1")}")).Exits(1).Json["error"]);
        }

        Assert.False(Folder.Has("escaped.safetensors"));
        Directory.CreateDirectory(Path.Combine(Folder.Path, "model"));
        File.CreateSymbolicLink(Path.Combine(Folder.Path, "model", "sub"), Folder.Path);
        world.Oci.Push("acme/model", "v1", ("sub/escaped.safetensors", Bytes));
        Assert.Contains("is a link to", (string?)(await FetchAsync($"oci://{world.OciReference("acme/model:v1")}")).Exits(1).Json["error"]);
        Assert.False(Folder.Has("escaped.safetensors"));
    }

    [Fact]
    public async Task A_file_at_an_address_has_its_bundles_beside_it()
    {
        Folder["AIXV_TRACK_URL"] = "";
        (await FetchAsync($"{world.Hub.Url}acme/model/resolve/main/model.safetensors", "-o", "out")).Exits(0);
        Assert.Equal(["model.safetensors", "model.training.sigstore.json"], Left("out"));
        (await FetchAsync("http://hub.example/model.safetensors")).Exits(2);
        (await FetchAsync("ftp://hub.example/model.safetensors")).Exits(2);
        (await FetchAsync("no-such-thing")).Exits(2);
    }

    [Fact]
    public async Task A_download_that_breaks_off_goes_on_where_it_was()
    {
        var large = RandomNumberGenerator.GetBytes(3_000_000);
        await File.WriteAllBytesAsync(Path.Combine(Folder.Path, "large.gguf"), large, TestContext.Current.CancellationToken);
        (await world.Release.AsAsync(ReleaseFolder.Release, "sign", "large.gguf")).Exits(0);
        world.Hub.Create("acme/large");
        world.Hub.Put("acme/large", "large.gguf", large);
        world.Hub.Put("acme/large", "large.gguf.sigstore.json", await File.ReadAllBytesAsync(Path.Combine(Folder.Path, "large.gguf.sigstore.json"), TestContext.Current.CancellationToken));
        world.Contents.BreakAfter = 400_000;
        var first = await FetchAsync("acme/large");
        Assert.Contains("broke off", (string?)first.Exits(3).Json["error"]);
        Assert.DoesNotContain("large.gguf", Left("large"));
        var got = new FileInfo(Path.Combine(Folder.Path, "large", ".aixv-partial", "files", "large.gguf")).Length;
        Assert.InRange(got, 1, large.Length - 1);
        world.Contents.BreakAfter = null;
        world.Contents.Ranges.Clear();
        (await FetchAsync("acme/large")).Exits(0);
        Assert.Equal([$"bytes={got}-"], world.Contents.Ranges);
        Assert.Equal(["large.gguf", "large.gguf.sigstore.json"], Left("large"));
        Assert.Equal(large, await File.ReadAllBytesAsync(Path.Combine(Folder.Path, "large", "large.gguf"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task What_is_longer_than_asked_for_is_refused()
    {
        Assert.Contains("longer than 5 bytes", (string?)(await FetchAsync("acme/model", "--max-size", "5")).Exits(1).Json["error"]);
        (await FetchAsync("acme/model", "--max-size", "5x")).Exits(2);
        Assert.DoesNotContain("model.safetensors", Left("model"));
    }

    [Fact]
    public async Task Files_that_are_there_and_are_something_else_stay()
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, "model"));
        Folder.Write("model/model.safetensors", "mine");
        Assert.Contains("--force", (string?)(await FetchAsync("acme/model")).Exits(1).Json["error"]);
        Assert.Equal("mine", Folder.Read("model/model.safetensors"));
        (await FetchAsync("acme/model", "--force")).Exits(0);
        Assert.Equal(Weights, Folder.Read("model/model.safetensors"));
    }

    [Fact]
    public async Task The_hubs_cache_is_understood()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(Bytes));
        var snapshot = "models--acme--model/snapshots/0123456789abcdef0123456789abcdef01234567";
        foreach (var folder in (string[])[snapshot, "models--acme--model/blobs", "models--acme--model/refs"])
        {
            Directory.CreateDirectory(Path.Combine(Folder.Path, folder));
        }

        Folder.Write("models--acme--model/refs/main", "0123456789abcdef0123456789abcdef01234567");
        File.WriteAllBytes(Path.Combine(Folder.Path, $"models--acme--model/blobs/{digest}"), Bytes);
        File.WriteAllBytes(Path.Combine(Folder.Path, "models--acme--model/blobs/abc"), Bundle);
        File.CreateSymbolicLink(Path.Combine(Folder.Path, snapshot, "model.safetensors"), $"../../blobs/{digest}");
        File.CreateSymbolicLink(Path.Combine(Folder.Path, snapshot, "model.training.sigstore.json"), "../../blobs/abc");
        Assert.Equal("verified", State((await FetchAsync("models--acme--model")).Exits(0), "model.safetensors"));
        Assert.Equal("verified", State((await FetchAsync(snapshot)).Exits(0), "model.safetensors"));

        Folder.Write($"models--acme--model/blobs/{digest}.incomplete", "");
        Assert.Contains("did not end", (string?)(await FetchAsync(snapshot)).Exits(1).Json["error"]);
        File.Delete(Path.Combine(Folder.Path, $"models--acme--model/blobs/{digest}.incomplete"));

        File.WriteAllText(Path.Combine(Folder.Path, $"models--acme--model/blobs/{digest}"), "rotten");
        Assert.Contains("cache is damaged", (string?)(await FetchAsync(snapshot)).Exits(1).Json["error"]);
        File.Delete(Path.Combine(Folder.Path, $"models--acme--model/blobs/{digest}"));
        Assert.Contains("did not end", (string?)(await FetchAsync(snapshot)).Exits(1).Json["error"]);

        File.Delete(Path.Combine(Folder.Path, snapshot, "model.safetensors"));
        File.CreateSymbolicLink(Path.Combine(Folder.Path, snapshot, "model.safetensors"), Path.Combine(Folder.Path, "model.safetensors"));
        Assert.Contains("no blob of the cache", (string?)(await FetchAsync(snapshot)).Exits(1).Json["error"]);
    }

    [Fact]
    public async Task Pointers_parts_and_missing_shards_are_refused_with_a_sentence()
    {
        Directory.CreateDirectory(Path.Combine(Folder.Path, "dir"));
        Folder.Write("dir/model.safetensors", $"version https://git-lfs.github.com/spec/v1\noid sha256:{new string('a', 64)}\nsize 12345\n");
        Assert.Contains("Git LFS pointer", (string?)(await FetchAsync("dir")).Exits(1).Json["error"]);
        world.Hub.LargeEndings.Clear();
        world.Hub.Put("acme/model", "model.safetensors", File.ReadAllBytes(Path.Combine(Folder.Path, "dir/model.safetensors")));
        Assert.Contains("Git LFS pointer", (string?)(await FetchAsync("acme/model")).Exits(1).Json["error"]);

        byte[] header = [.. BitConverter.GetBytes(60L), .. Encoding.UTF8.GetBytes("""{"w":{"dtype":"F32","shape":[100],"data_offsets":[0,400]}}""".PadRight(60)), 1, 2, 3];
        File.WriteAllBytes(Path.Combine(Folder.Path, "dir/model.safetensors"), header);
        Assert.Contains("ends at 468", (string?)(await FetchAsync("dir")).Exits(1).Json["error"]);

        File.WriteAllBytes(Path.Combine(Folder.Path, "dir/model.safetensors"), Bytes);
        Folder.Write("dir/model.safetensors.index.json", """{"weight_map": {"a": "model.safetensors", "b": "model-2.safetensors"}}""");
        Assert.Contains("model-2.safetensors is missing", (string?)(await FetchAsync("dir")).Exits(1).Json["error"]);
    }

    [Fact]
    public async Task Private_models_are_fetched_with_a_token_that_goes_to_the_hub_alone()
    {
        world.Hub.Create("acme/secret", isPrivate: true);
        world.Hub.Put("acme/secret", "model.safetensors", Bytes);
        world.Hub.Put("acme/secret", "model.training.sigstore.json", Bundle);
        Folder["HF_TOKEN"] = HubServer.ReadToken;
        (await FetchAsync("acme/secret")).Exits(0);
        Assert.Empty(world.Contents.Leaked);
        Folder["HF_TOKEN"] = "";
        Assert.Contains("set HF_TOKEN", (string?)(await FetchAsync("acme/secret", "-o", "x")).Exits(1).Json["error"]);
    }

    [Fact]
    public async Task A_policy_decides_as_it_does_for_verify()
    {
        string[] policy = await world.Release.PolicyAsync();
        (await world.Release.RunAsync(["fetch", "acme/model", .. policy])).Exits(0);
        var digest = world.Release.DigestOf("model.safetensors");
        await world.Release.RecordAsync(ReleaseFolder.Security, "advisory", "ADV-1", ReleaseFolder.Advisory("ADV-1", digest));
        var run = (await world.Release.RunAsync(["fetch", "acme/model", "-o", "again", .. policy])).Exits(1);
        Assert.Contains("ADV-1", (string?)run.Json["error"]);
        Assert.Empty(Left("again"));
    }
}
