using System.Text;
using System.Text.Json.Nodes;
using Aixv.Cli.Tests.Publishing.Servers;
using Aixv.Track.Client;

namespace Aixv.Cli.Tests.Publishing;

/// <summary><c>aixv publish</c> against servers that speak the protocols.</summary>
public sealed class PublishCommandTests(PrivateInstance instance) : IAsyncLifetime
{
    private const string Weights = "weights";
    private PublishingWorld world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await PublishingWorld.StartAsync(instance);
        world.Release.Model("model.safetensors", Weights);
        await world.Release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", """{"parent_models": []}""");
        world.Hub.Create("acme/model");
        world.Hub.Put("acme/model", "model.safetensors", Encoding.UTF8.GetBytes(Weights));
        world.Hub.Put("acme/model", "README.md", "# old"u8.ToArray());
        world.Hub.Put("acme/model", "config.json", "{}"u8.ToArray());
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    private Task<CliRun> PublishAsync(params string[] more) => world.Release.RunAsync(["publish", .. more]);

    private static JsonObject Step(CliRun run, string target) => run.Json["steps"]!.AsArray().Single(s => (string?)s!["target"] == target)!.AsObject();

    private static string State(CliRun run, string target) => (string)Step(run, target)["state"]!;

    private byte[] Bundle => File.ReadAllBytes(Path.Combine(world.Folder.Path, "model.training.sigstore.json"));

    [Fact]
    public async Task The_bundle_goes_everywhere_once_and_the_second_time_changes_nothing()
    {
        var manifest = world.Oci.Push("acme/model", "v1", ("model.safetensors", Encoding.UTF8.GetBytes(Weights)));
        string[] places = ["--hub", "acme/model", "--oci", world.OciReference("acme/model:v1")];
        var run = (await PublishAsync(places)).Exits(0);
        Assert.Equal(("done", "done", "done"), (State(run, "hub"), State(run, "oci"), State(run, "track")));
        Assert.Equal(Bundle, world.Hub.Files("acme/model")["model.training.sigstore.json"]);
        Assert.Equal(Weights, Encoding.UTF8.GetString(world.Hub.Files("acme/model")["model.safetensors"]));
        var referrer = world.Oci.Manifests.Values.Select(m => JsonNode.Parse(m.Bytes)!).Single(m => m["subject"] is not null);
        Assert.Equal((manifest, "application/vnd.dev.sigstore.bundle.v0.3+json"), ((string?)referrer["subject"]!["digest"], (string?)referrer["artifactType"]));
        var digest = world.Release.DigestOf("model.safetensors");
        Assert.Equal($"{world.Track.LocalUrl}artifacts/{digest}", (string?)Step(run, "track")["pages"]![0]);
        Assert.Empty(Step(run, "track")["notes"]!.AsArray());
        using var http = new HttpClient { BaseAddress = world.Track.LocalUrl };
        Assert.Single((await new TrackClient(http, null).FindArtifactAsync(digest, TestContext.Current.CancellationToken))!.Attestations);

        Assert.Contains(digest, await http.GetStringAsync(new Uri("/?dataset=acme-model", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var commits = world.Hub.Commits("acme/model");
        var again = (await PublishAsync(places)).Exits(0);
        Assert.Equal(("unchanged", "unchanged", "done"), (State(again, "hub"), State(again, "oci"), State(again, "track")));
        Assert.Equal((string?)Step(run, "track")["detail"], (string?)Step(again, "track")["detail"]);
        Assert.Equal(commits, world.Hub.Commits("acme/model"));
        Assert.Empty(world.Contents.Leaked);
    }

    [Fact]
    public async Task A_dry_run_says_what_it_would_send_and_sends_nothing()
    {
        world.Oci.Push("acme/model", "v1", ("model.safetensors", Encoding.UTF8.GetBytes(Weights)));
        string[] places = ["--hub", "acme/model", "--oci", world.OciReference("acme/model:v1"), "--dry-run"];
        var run = (await PublishAsync(places)).Exits(0);
        Assert.All(run.Json["steps"]!.AsArray(), s => Assert.Equal("planned", (string?)s!["state"]));
        Assert.Equal($"{world.Hub.Url}api/models/acme/model/commit/main", (string?)Step(run, "hub")["requests"]![0]!["url"]);
        Assert.Equal("model.training.sigstore.json", (string?)Step(run, "hub")["requests"]![0]!["files"]![0]!["path"]);
        Assert.Empty(world.Hub.Writes);
        Assert.Empty(world.Oci.Writes);
        Assert.Contains("nothing was sent", (await world.Release.SayAsync(["publish", .. places])).Exits(0).Out);
    }

    [Fact]
    public async Task A_registry_without_referrers_gets_the_tag_that_takes_their_place()
    {
        world.Oci.HasReferrers = false;
        var manifest = world.Oci.Push("acme/model", "v1", ("model.safetensors", Encoding.UTF8.GetBytes(Weights)));
        string[] place = ["--to", "oci", "--oci", $"oci://{world.OciReference("acme/model:v1")}"];
        Assert.Equal("done", State((await PublishAsync(place)).Exits(0), "oci"));
        var tag = world.Oci.TagOf($"acme/model:{manifest.Replace(':', '-')}");
        var index = JsonNode.Parse(world.Oci.Manifests[tag!].Bytes)!;
        Assert.Equal("application/vnd.dev.sigstore.bundle.v0.3+json", (string?)index["manifests"]![0]!["artifactType"]);
        Assert.Equal("https://aixv.org/attestation/training/v1", (string?)index["manifests"]![0]!["annotations"]!["dev.sigstore.bundle.predicateType"]);
        Assert.Equal("unchanged", State((await PublishAsync(place)).Exits(0), "oci"));

        await world.Release.AsAsync(ReleaseFolder.Release, "sign", "model.safetensors");
        Assert.Equal("done", State((await PublishAsync(place)).Exits(0), "oci"));
        Assert.Equal(2, JsonNode.Parse(world.Oci.Manifests[world.Oci.TagOf($"acme/model:{manifest.Replace(':', '-')}")!].Bytes)!["manifests"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_commit_by_somebody_else_meanwhile_is_not_overwritten()
    {
        world.Hub.BeforeCommit = () =>
        {
            world.Hub.BeforeCommit = null;
            world.Hub.Put("acme/model", "other.txt", "theirs"u8.ToArray());
        };
        Assert.Equal("done", State((await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(0), "hub"));
        Assert.Equal("theirs", Encoding.UTF8.GetString(world.Hub.Files("acme/model")["other.txt"]));
        Assert.True(world.Hub.Files("acme/model").ContainsKey("model.training.sigstore.json"));
    }

    [Fact]
    public async Task What_failed_is_told_and_the_next_run_does_the_rest()
    {
        for (var i = 0; i < 5; i++)
        {
            world.Hub.Fail(r => r.Path.Value!.Contains("/commit/", StringComparison.Ordinal), 500);
        }

        var run = (await PublishAsync("--hub", "acme/model")).Exits(3);
        Assert.Equal(("failed", "done"), (State(run, "hub"), State(run, "track")));
        Assert.False((bool?)run.Json["ok"]);
        Assert.StartsWith("hub: ", (string?)run.Json["error"]);
        var again = (await PublishAsync("--hub", "acme/model")).Exits(0);
        Assert.Equal(("done", "done"), (State(again, "hub"), State(again, "track")));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(502)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        world.Hub.Fail(r => r.Path.Value!.Contains("/commit/", StringComparison.Ordinal), status);
        world.Hub.Fail(r => r.Path.Value!.Contains("/tree/", StringComparison.Ordinal), 503);
        Assert.Equal("done", State((await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(0), "hub"));
        Assert.Equal(5, world.Hub.Commits("acme/model"));
    }

    [Fact]
    public async Task Bundles_are_not_put_beside_other_weights()
    {
        world.Hub.Put("acme/model", "model.safetensors", "others"u8.ToArray());
        var run = (await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(1);
        Assert.Contains("the bundle is about", (string?)run.Json["error"]);
        Assert.False(world.Hub.Files("acme/model").ContainsKey("model.training.sigstore.json"));
    }

    [Fact]
    public async Task What_does_not_hold_is_sent_nowhere()
    {
        world.Release.Model("model.safetensors", "changed weights");
        Assert.Contains("no bundle about", (string?)(await PublishAsync("--hub", "acme/model")).Exits(1).Json["error"]);
        world.Release.Model("model.safetensors", Weights);
        world.Folder.Write("model.training.sigstore.json", world.Folder.Read("model.training.sigstore.json").Replace("\"sig\":\"M", "\"sig\":\"N", StringComparison.Ordinal));
        Assert.Contains("not every bundle", (string?)(await PublishAsync("--hub", "acme/model")).Exits(1).Json["error"]);
        Assert.Empty(world.Hub.Writes);
    }

    [Fact]
    public async Task A_private_tenants_page_is_said_to_be_private()
    {
        await using var other = await PublishingWorld.StartAsync(instance, isPublic: false);
        world.Folder["AIXV_TRACK_KEY"] = other.Track.Registry.FirstKey!.AdminKey;
        var run = (await PublishAsync("--to", "track", "--track", other.Track.LocalUrl.AbsoluteUri)).Exits(0);
        Assert.Contains("tenant is private", Step(run, "track")["notes"]!.ToJsonString());
    }

    [Fact]
    public async Task The_card_goes_along_and_the_projects_file_names_the_places()
    {
        world.Folder.Write("README.md", "# Model\n");
        world.Folder.Write("aixv.json", """{"schema": "aixv.project/v1", "hub": "acme/model", "weights": ["model.safetensors"]}""");
        Assert.Equal("done", State((await PublishAsync("--card", "--to", "hub")).Exits(0), "hub"));
        Assert.Equal("# Model\n", Encoding.UTF8.GetString(world.Hub.Files("acme/model")["README.md"]));
    }

    [Fact]
    public async Task Tokens_that_may_not_write_and_models_that_are_not_there_are_told_of()
    {
        world.Folder["HF_TOKEN"] = HubServer.ReadToken;
        Assert.Contains("may not write", (string?)(await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(1).Json["error"]);
        Assert.Contains("shows no model acme/nothing", (string?)(await PublishAsync("--hub", "acme/nothing", "--to", "hub")).Exits(1).Json["error"]);
        world.Folder["HF_TOKEN"] = "";
        Assert.Contains("set HF_TOKEN", (string?)(await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(1).Json["error"]);
        world.Folder["AIXV_TRACK_KEY"] = "aixv_wrong";
        (await PublishAsync("--to", "track")).Exits(1);
        world.Folder["AIXV_OCI_PASSWORD"] = "wrong";
        world.Oci.Push("acme/model", "v1", ("model.safetensors", Encoding.UTF8.GetBytes(Weights)));
        Assert.Contains("gave no token", (string?)(await PublishAsync("--to", "oci", "--oci", world.OciReference("acme/model:v1"))).Exits(1).Json["error"]);
        Assert.Contains("there is no", (string?)(await PublishAsync("--to", "oci", "--oci", world.OciReference("acme/model:v2"))).Exits(1).Json["error"]);
    }

    [Theory]
    [InlineData("HF_ENDPOINT", "http://hub.example")]
    [InlineData("HF_ENDPOINT", "https://user:secret@hub.example")]
    [InlineData("AIXV_TRACK_URL", "http://track.example")]
    public async Task Secrets_do_not_leave_over_http(string variable, string address)
    {
        world.Folder[variable] = address;
        (await PublishAsync("--hub", "acme/model")).Exits(2);
    }

    [Fact]
    public async Task Files_that_the_hub_keeps_as_large_ones_are_told_of()
    {
        world.Hub.LargeEndings.Add(".json");
        Assert.Contains(".gitattributes", (string?)(await PublishAsync("--hub", "acme/model", "--to", "hub")).Exits(1).Json["error"]);
    }
}
