using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aixv.Track.Tests.Importing;

/// <summary>Nodes of somebody else's graph: taken once, replaced by newer ones, found again, and seen by whom they may be.</summary>
public sealed class ImportRoutesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static TenantView PublicOf(TestTrack track) => track.Server.Registry.Registry.PublicView;

    private static async Task<Described?> FindAsync(TestTrack track, string id)
    {
        var key = NodeKey.Parse(id);
        return (await PublicOf(track).DescribeAsync([key], Cancel)).TryGetValue(key, out var found) ? found[0] : null;
    }

    private static Task<JsonNode> SendAsync(TestTrack track, string key, JsonObject batch) => TestTrack.OkAsync(track.PostAsync("/v1/import", batch, key));

    [Fact]
    public async Task A_batch_is_taken_once_and_its_nodes_are_found_by_key_slug_and_words()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        var digest = $"sha256:{new string('a', 64)}";
        var batch = Imports.Batch("huggingface", "r1", 0, Imports.Model("Acme/Big_Model-7B", digest, "900"), Imports.Model("acme/tuned", null, "10", ("fine_tuned_from", "hf://Acme/Big_Model-7B")));
        var answer = await SendAsync(track, hub, batch);
        Assert.Equal((2, false), (answer["nodes"]!.GetValue<int>(), answer["existing"]!.GetValue<bool>()));
        var again = await SendAsync(track, hub, (JsonObject)batch.DeepClone());
        Assert.True(again["existing"]!.GetValue<bool>());
        Assert.Equal(answer["log_index"]!.GetValue<long>(), again["log_index"]!.GetValue<long>());
        Assert.Equal(2, await PublicOf(track).CountDescribedAsync(Cancel));

        var big = await FindAsync(track, "hf://Acme/Big_Model-7B");
        Assert.Equal(("Acme/Big_Model-7B", "model", digest), (big!.Node.Name, big.Node.Kind, big.Node.Digest!.ToString()));
        Assert.Equal("900", JsonNode.Parse(big.Node.Properties)!["downloads"]!.GetValue<string>());
        Assert.Equal(answer["log_index"]!.GetValue<long>(), big.LogIndex);
        Assert.Equal(big.Id, (await FindAsync(track, digest))!.Id);
        Assert.Equal([new DescribedLink("fine_tuned_from", NodeKey.Named("hf://Acme/Big_Model-7B"))], (await FindAsync(track, "hf://acme/tuned"))!.Node.Links);
        Assert.Equal("Acme/Big_Model-7B", Assert.Single(await PublicOf(track).FindDescribedAsync("acme-big_model-7b", Cancel)).Node.Name);
        Assert.Equal(["Acme/Big_Model-7B", "acme/tuned"], (await PublicOf(track).SearchDescribedAsync("ac", 10, Cancel)).Select(d => d.Node.Name));
        Assert.Equal(["Acme/Big_Model-7B"], (await PublicOf(track).SearchDescribedAsync("acme mod", 10, Cancel)).Select(d => d.Node.Name));
        Assert.Empty(await PublicOf(track).SearchDescribedAsync("odel", 10, Cancel));
    }

    [Fact]
    public async Task A_newer_description_takes_the_place_of_the_older_one_of_its_source()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/old-name-kept", null, "1"), Imports.Model("a/same")));
        var same = (await FindAsync(track, "hf://a/same"))!.Id;
        var changed = Imports.Model("a/old-name-kept", null, "2");
        changed["name"] = "a/renamed";
        await SendAsync(track, hub, Imports.Batch("huggingface", "r2", 0, changed, Imports.Model("a/same")));
        await SendAsync(track, hub, Imports.Batch("mlflow", "r3", 0, Imports.Model("a/same", null, "7")));
        Assert.Equal("a/renamed", (await FindAsync(track, "hf://a/old-name-kept"))!.Node.Name);
        Assert.Empty(await PublicOf(track).SearchDescribedAsync("kept", 10, Cancel));
        Assert.Empty(await PublicOf(track).FindDescribedAsync("a-old-name-kept", Cancel));
        Assert.Single(await PublicOf(track).SearchDescribedAsync("renamed", 10, Cancel));
        var both = (await PublicOf(track).DescribeAsync([NodeKey.Named("hf://a/same")], Cancel)).Values.Single();
        Assert.Equal(["mlflow", "huggingface"], both.Select(d => d.Source));
        Assert.Equal(same, both[1].Id);
        Assert.Equal(3, await PublicOf(track).CountDescribedAsync(Cancel));
    }

    [Fact]
    public async Task What_a_private_tenant_imports_is_its_own()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        await SendAsync(track, track.Admin, Imports.Batch("huggingface", "r1", 0, Imports.Model("secret/model", null, "5")));
        await SendAsync(track, hub, Imports.Batch("huggingface", "r2", 0, Imports.Model("open/model", null, "1")));
        Assert.Null(await FindAsync(track, "hf://secret/model"));
        Assert.Equal(["open/model"], (await PublicOf(track).SearchDescribedAsync("model", 10, Cancel)).Select(d => d.Node.Name));
        var registry = track.Server.Registry;
        var own = TenantView.Of(registry.Registry.Store, (await registry.Tenants.FindByNameAsync("default", Cancel))!);
        Assert.Equal(["secret/model"], (await own.SearchDescribedAsync("model", 10, Cancel)).Select(d => d.Node.Name));
        Assert.Equal(["secret/model", "open/model"], (await own.AndPublic().SearchDescribedAsync("model", 10, Cancel)).Select(d => d.Node.Name));
        var published = TenantView.Of(registry.Registry.Store, (await registry.Tenants.FindByNameAsync("hub", Cancel))!);
        Assert.Equal(["open/model"], (await published.SearchDescribedAsync("model", 10, Cancel)).Select(d => d.Node.Name));
        Assert.Equal(1, await published.CountDescribedAsync(Cancel));
    }

    [Fact]
    public async Task The_state_of_an_input_tells_where_to_go_on()
    {
        await using var track = await TestTrack.StartAsync();
        var none = await TestTrack.OkAsync(track.GetAsync("/v1/import?input=input-r1"));
        Assert.Null(none["latest"]);
        await SendAsync(track, track.Admin, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/b")));
        await SendAsync(track, track.Admin, Imports.Batch("huggingface", "r1", 1, Imports.Model("a/c")));
        await SendAsync(track, track.Admin, Imports.Batch("huggingface", "r2", 0, Imports.Model("a/d")));
        var state = await TestTrack.OkAsync(track.GetAsync("/v1/import?input=input-r1"));
        Assert.Equal((1, 2, false), (state["latest"]!["number"]!.GetValue<int>(), state["latest"]!["progress"]!["lines"]!.GetValue<int>(), state["latest"]!["last"]!.GetValue<bool>()));
        Assert.False(state["latest"]!["newest"]!.GetValue<bool>());
        var other = Imports.Batch("huggingface", "r1", 1, Imports.Model("a/other"));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/import", other)));
    }

    [Theory]
    [InlineData("""{"name":"x"}""", "nodes[0].id")]
    [InlineData("""{"id":"sha256:zz"}""", "nodes[0].id")]
    [InlineData("""{"id":"01890a5d-ac96-774b-bcce-b302099a8057"}""", "nodes[0].id")]
    [InlineData("""{"id":"a","kind":"spaceship"}""", "nodes[0].kind")]
    [InlineData("""{"id":"a","digest":"abc"}""", "nodes[0].digest")]
    [InlineData("""{"id":"a","links":[["eaten_by","b"]]}""", "nodes[0].links")]
    [InlineData("""{"id":"a","links":[["trained_on"]]}""", "nodes[0].links")]
    [InlineData("""{"id":"a","properties":{"downloads":5}}""", "nodes[0].properties")]
    [InlineData("""{"id":"\ud800"}""", "nodes[0].id")]
    [InlineData("7", "nodes[0]")]
    public async Task A_node_that_is_not_as_expected_is_named(string node, string field)
    {
        await using var track = await TestTrack.StartAsync();
        using var body = new StringContent($$"""{"source":"s","input":"i","run":"r","number":0,"nodes":[{{node}}]}""", System.Text.Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/import") { Content = body };
        request.Headers.Add("X-API-Key", track.Admin);
        using var response = await track.Http.SendAsync(request, Cancel);
        var error = await TestTrack.JsonAsync(response);
        Assert.Equal((400, field), ((int)response.StatusCode, error["details"]!["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_index_of_what_was_imported_is_computed_again_from_the_log()
    {
        var track = await TestTrack.StartAsync();
        var options = new TrackOptions { DataFolder = track.Folder };
        try
        {
            var (_, hub) = await track.NewTenantAsync("hub", "public");
            await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/one", $"sha256:{new string('b', 64)}", "3"), Imports.Model("a/two", null, "0", ("trained_on", "hf://datasets/d"))));
            await SendAsync(track, hub, Imports.Batch("huggingface", "r2", 0, Imports.Model("a/two", null, "9"), Imports.Model("a/one", $"sha256:{new string('b', 64)}", "3")));
            await track.StopAsync();
            Assert.Empty((await TrackMaintenance.AuditAsync(options, null, NullLogger.Instance, Cancel)).Faults);
            await TrackMaintenance.RebuildAsync(options, NullLogger.Instance, Cancel);
            Assert.Empty((await TrackMaintenance.AuditAsync(options, null, NullLogger.Instance, Cancel)).Faults);
        }
        finally
        {
            await track.DisposeAsync();
        }
    }
}
