using System.Text.Json.Nodes;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Tests.Importing;

/// <summary>What was imported, in the graph: drawn as described, joined by digest, seen by whom it may be, and of no weight.</summary>
public sealed class ImportedGraphTests
{
    private static readonly string Base = $"sha256:{new string('b', 64)}";
    private static readonly string Tuned = $"sha256:{new string('c', 64)}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<JsonNode> SendAsync(TestTrack track, string key, JsonObject batch) => TestTrack.OkAsync(track.PostAsync("/v1/import", batch, key));

    private static async Task<List<string>> ReachedAsync(TestTrack track, string digest, string direction, string? key = "")
    {
        var json = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{digest}/lineage?direction={direction}&depth=10", key));
        return [.. json["nodes"]!.AsArray().Skip(1).Select(n => n!["id"]!.GetValue<string>())];
    }

    [Fact]
    public async Task A_name_and_its_digest_are_one_node_whichever_comes_first()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");

        // The child names its base before that is described, and after.
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/tuned", Tuned, "1", ("fine_tuned_from", "hf://a/base"))));
        Assert.Equal(["hf://a/base"], await ReachedAsync(track, Tuned, "ancestors"));
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 1, Imports.Model("a/base", Base, "9", ("trained_on", "hf://datasets/d")), Imports.Model("a/late", null, "1", ("quantized_from", "hf://a/base"))));
        Assert.Equal([Base, "hf://datasets/d"], await ReachedAsync(track, Tuned, "ancestors"));
        Assert.Equal([Tuned, "hf://a/late"], await ReachedAsync(track, Base, "descendants"));

        var page = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}", ""));
        Assert.Equal(("a/base", "described", 2), (page["name"]!.GetValue<string>(), page["tier"]!.GetValue<string>(), page["child_count"]!.GetValue<int>()));
        var edges = (await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Tuned}/lineage?direction=ancestors", "")))["edges"]!.AsArray();
        Assert.Equal((Tuned, Base, "fine_tuned_from", "described"), (edges[0]!["source"]!.GetValue<string>(), edges[0]!["target"]!.GetValue<string>(), edges[0]!["relationship"]!.GetValue<string>(), edges[0]!["tier"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_is_attested_of_a_digest_and_what_is_described_of_its_name_are_walked_as_one()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        var agent = (await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "a" }, hub)))["id"]!.GetValue<string>();
        var parent = await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", new JsonObject { ["agent_id"] = agent, ["name"] = "root", ["hash"] = new string('d', 64) }, hub));
        await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", new JsonObject
        {
            ["agent_id"] = agent, ["name"] = "base", ["hash"] = Base[7..], ["parent_model_ids"] = new JsonArray((JsonNode)parent["id"]!.GetValue<string>()),
        }, hub));
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/base", Base), Imports.Model("a/tuned", null, "1", ("fine_tuned_from", "hf://a/base"))));
        Assert.Equal(["hf://a/tuned"], await ReachedAsync(track, Base, "descendants"));
        Assert.Equal([$"sha256:{new string('d', 64)}"], await ReachedAsync(track, Base, "ancestors"));
        Assert.Equal([Base, "hf://a/tuned"], await ReachedAsync(track, $"sha256:{new string('d', 64)}", "descendants"));
        Assert.Equal("identified", (await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Base}", "")))["tier"]!.GetValue<string>());

        // A search says of the name what is known of its digest, and both edges are counted.
        var found = (await TestTrack.OkAsync(track.GetAsync("/v1/search?q=hf://a/base", "")))["items"]!.AsArray();
        Assert.Equal(("a/base", "identified"), (found[0]!["name"]!.GetValue<string>(), found[0]!["tier"]!.GetValue<string>()));
        Assert.Equal(2, (await TestTrack.OkAsync(track.GetAsync("/v1/overview", "")))["counts"]!["edges"]!.GetValue<int>());

        // Nothing imported has a part in what is decided.
        var reader = (await track.Server.Registry.Graph.OpenAsync(track.Server.Registry.Registry.PublicView, Cancel)).WithoutDescribed();
        Assert.Empty(reader.Walk(reader.Find(NodeKey.Parse(Base)), up: false, 10));
        Assert.Equal(-1, reader.Find(NodeKey.Parse("hf://a/tuned")));
    }

    [Fact]
    public async Task A_newer_description_takes_the_edges_of_the_older_one_away()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/tuned", Tuned, "1", ("fine_tuned_from", "hf://a/wrong"))));
        await SendAsync(track, hub, Imports.Batch("mlflow", "r2", 0, Imports.Model("a/tuned", null, "1", ("trained_on", "hf://datasets/d"))));
        var graph = track.Server.Registry.Graph;
        var before = await graph.OpenAsync(track.Server.Registry.Registry.PublicView, Cancel);
        await SendAsync(track, hub, Imports.Batch("huggingface", "r3", 0, Imports.Model("a/tuned", Base, "1", ("fine_tuned_from", "hf://a/right"))));
        Assert.Equal(["hf://datasets/d", "hf://a/right"], await ReachedAsync(track, Base, "ancestors"));
        using var gone = await track.GetAsync($"/v1/artifacts/{Tuned}", "");
        Assert.Equal(404, (int)gone.StatusCode);

        // Who began to read before sees what was there then.
        Assert.Equal(["hf://a/wrong", "hf://datasets/d"], Walk(before, Tuned));
        var after = await graph.OpenAsync(track.Server.Registry.Registry.PublicView, Cancel);
        Assert.Equal(["hf://a/wrong", "hf://datasets/d"], Walk(after.At(before.Moment), Tuned));
        using var again = new ArtifactGraph(track.Server.Registry.Registry);
        Assert.Equal(["hf://datasets/d", "hf://a/right"], Walk(await again.OpenAsync(track.Server.Registry.Registry.PublicView, Cancel), Base));
    }

    private static IEnumerable<string> Walk(GraphReader reader, string from) =>
        reader.Walk(reader.Find(NodeKey.Parse(from)), up: true, 10).Select(reached => reader.KeyOf(reached.Node).Text);

    [Fact]
    public async Task A_private_import_joins_nothing_for_others()
    {
        await using var track = await TestTrack.StartAsync();
        var (_, hub) = await track.NewTenantAsync("hub", "public");
        await SendAsync(track, hub, Imports.Batch("huggingface", "r1", 0, Imports.Model("a/tuned", Tuned, "1", ("fine_tuned_from", "hf://a/base"))));
        await SendAsync(track, track.Admin, Imports.Batch("huggingface", "r2", 0, Imports.Model("a/base", Base), Imports.Model("a/own", null, "1", ("merged_from", "hf://a/base"))));
        Assert.Equal(["hf://a/base"], await ReachedAsync(track, Tuned, "ancestors"));
        Assert.Equal([Base], await ReachedAsync(track, Tuned, "ancestors", track.Admin));
        Assert.Equal(404, (await TestTrack.RefusedAsync(track.GetAsync($"/v1/artifacts/{Base}", ""))).Status);
        Assert.Equal([Tuned, "hf://a/own"], await ReachedAsync(track, Base, "descendants", track.Admin));
        var view = track.Server.Registry.Registry.PublicView;
        Assert.Equal(-1, (await track.Server.Registry.Graph.OpenAsync(view, Cancel)).Find(NodeKey.Parse("hf://a/own")));
    }
}
