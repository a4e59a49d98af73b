using System.Text;
using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Track.Storage;
using Aixv.Track.Tests.Storage;

namespace Aixv.Track.Tests.Graphs;

/// <summary>What a page shows: the graph around a node, groups of what is more, recalls, and the overview.</summary>
public sealed class GraphRoutesTests(TestSigner signer, PostgresCluster cluster)
{
    private const string Training = "https://aixv.org/attestation/training/v1";
    private static readonly string Base = $"sha256:{new string('0', 64)}";
    private static readonly string Data = $"sha256:{new string('d', 64)}";

    private async Task<TestTrack> StartAsync(bool onPostgres = false)
    {
        var connection = onPostgres ? PostgresUrl.ToConnectionString(await cluster.NewDatabaseAsync()) : null;
        return await TestTrack.StartAsync(change: o => o with { TrustedRoots = [signer.Root], Connection = connection });
    }

    private static string Digest(int number) => $"sha256:{number:x64}";

    private async Task PublishAsync(TestTrack track, string key, string name, string digest, JsonObject predicate)
    {
        var statement = Encoding.UTF8.GetBytes(new JsonObject
        {
            ["_type"] = "https://in-toto.io/Statement/v1",
            ["subject"] = new JsonArray(new JsonObject { ["name"] = name, ["digest"] = new JsonObject { ["sha256"] = digest[7..] } }),
            ["predicateType"] = Training,
            ["predicate"] = predicate,
        }.ToJsonString());
        await TestTrack.OkAsync(track.PostAsync("/v1/attestations", JsonNode.Parse(await signer.AttestAsync(statement)), key));
    }

    private static JsonObject From(params string[] parents) => new()
    {
        ["parent_models"] = new JsonArray([.. parents.Select(parent => new JsonObject { ["digest"] = parent })]),
        ["datasets"] = new JsonArray(new JsonObject { ["digest"] = Data }),
        ["metadata"] = new JsonObject { ["relation"] = "fine-tune" },
    };

    private async Task RecallAsync(TestTrack track, string key, string digest, string selector)
    {
        var record = new SignedRecord(RecordKinds.Advisory, RecordId.Parse("r-1"), TimeProvider.System.GetUtcNow(), new JsonObject
        {
            ["advisory_id"] = "ADV-1",
            ["affected"] = new JsonArray(new JsonObject { ["digest"] = digest, ["selector"] = selector, ["name"] = "the base" }),
            ["severity"] = "high",
            ["status"] = "active",
            ["reason_code"] = "backdoored-weights",
        });
        var file = record.ToBytes();
        await TestTrack.OkAsync(track.PostAsync("/v1/advisories", new JsonObject { ["record"] = JsonNode.Parse(file), ["bundle"] = JsonNode.Parse(await signer.SignAsync(file)) }, key));
    }

    private static JsonObject Node(JsonNode graph, string id) => graph["nodes"]!.AsArray().Single(n => n!["id"]!.GetValue<string>() == id)!.AsObject();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_picture_says_what_nodes_are_and_marks_what_a_recall_reaches(bool onPostgres)
    {
        await using var track = await StartAsync(onPostgres);
        var (_, key) = await track.NewTenantAsync("hub", "public");
        await PublishAsync(track, key, "tuned", Digest(1), From(Base));
        await PublishAsync(track, key, "twice", Digest(2), From(Digest(1)));
        await RecallAsync(track, key, Base, "descendants");

        var graph = await TestTrack.OkAsync(track.GetAsync($"/v1/graph?node={Digest(2)}", ""));
        Assert.Equal(4, graph["nodes"]!.AsArray().Count);
        var (tuned, twice, parent, data) = (Node(graph, Digest(1)), Node(graph, Digest(2)), Node(graph, Base), Node(graph, Data));
        Assert.Equal(("tuned", "model", "attested", "finetuning"), Facts(tuned));
        Assert.Equal((null, "model", "identified", "pretraining"), Facts(parent));
        Assert.Equal((null, "dataset", "identified", "data"), Facts(data));
        Assert.True(twice["primary"]!.GetValue<bool>());
        Assert.Equal(TestSigner.Email, twice["signer"]!["identity"]!.GetValue<string>());
        Assert.Equal("recalled", parent["recalled"]!["state"]!.GetValue<string>());
        Assert.Equal("affected", twice["recalled"]!["state"]!.GetValue<string>());
        Assert.Equal([Base, Digest(1), Digest(2)], twice["recalled"]!["path"]!.AsArray().Select(n => n!.GetValue<string>()));
        Assert.Null(data["recalled"]);
        var edge = graph["edges"]!.AsArray().Single(e => e!["source"]!.GetValue<string>() == Digest(2) && e["target"]!.GetValue<string>() == Digest(1))!;
        Assert.Equal(("fine-tune", "attested"), (edge["relation"]!.GetValue<string>(), edge["tier"]!.GetValue<string>()));
        Assert.StartsWith("sha256:", edge["attestation"]!.GetValue<string>(), StringComparison.Ordinal);

        var overview = await TestTrack.OkAsync(track.GetAsync("/v1/overview", ""));
        Assert.Equal((2, 1, 2, 1, 4), (Count(overview, "models"), Count(overview, "datasets"), Count(overview, "attestations"), Count(overview, "advisories"), Count(overview, "edges")));
        Assert.Equal(3, overview["recalls"]![0]!["affected_count"]!.GetValue<int>());
        Assert.Equal(["twice", "tuned"], overview["recent"]!.AsArray().Select(r => r!["name"]!.GetValue<string>()));
        var artifact = await TestTrack.OkAsync(track.GetAsync($"/v1/artifacts/{Digest(2)}", ""));
        Assert.Equal("fine-tune", artifact["attestations"]![0]!["predicate"]!["metadata"]!["relation"]!.GetValue<string>());
        using var bundle = await track.GetAsync(artifact["attestations"]![0]!["bundle"]!.GetValue<string>(), "");
        Assert.True(bundle.IsSuccessStatusCode);
        Assert.Single((await TestTrack.OkAsync(track.GetAsync("/v1/trusted-root", ""))).AsArray());
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/graph?node={Digest(9)}", "")));
    }

    private static (string?, string, string, string) Facts(JsonObject node) =>
        (node["name"]?.GetValue<string>(), node["kind"]!.GetValue<string>(), node["tier"]!.GetValue<string>(), node["stage"]!.GetValue<string>());

    private static int Count(JsonNode overview, string name) => overview["counts"]![name]!.GetValue<int>();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_private_is_in_no_picture_of_others(bool onPostgres)
    {
        await using var track = await StartAsync(onPostgres);
        await PublishAsync(track, track.Admin, "secret", Digest(1), From(Base));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/graph?node={Digest(1)}", "")));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/graph/neighbours?node={Base}&direction=down&relation=fine-tune", "")));
        var overview = await TestTrack.OkAsync(track.GetAsync("/v1/overview", ""));
        Assert.Equal((0, 0), (Count(overview, "attestations"), Count(overview, "edges")));
        Assert.Empty(overview["recent"]!.AsArray());
        Assert.Equal(1, Count(await TestTrack.OkAsync(track.GetAsync("/v1/overview")), "attestations"));
        Assert.Equal(3, (await TestTrack.OkAsync(track.GetAsync($"/v1/graph?node={Digest(1)}")))["nodes"]!.AsArray().Count);
    }

    [Fact]
    public async Task Of_many_neighbours_a_few_are_shown_and_the_rest_comes_page_by_page()
    {
        await using var track = await StartAsync();
        var (_, key) = await track.NewTenantAsync("hub", "public");
        for (var i = 1; i <= 20; i++)
        {
            await PublishAsync(track, key, $"m{i}", Digest(i), From(Base));
        }

        var graph = await TestTrack.OkAsync(track.GetAsync($"/v1/graph?node={Base}&down=1", ""));
        var group = Assert.Single(graph["groups"]!.AsArray())!;
        Assert.Equal(("down", "fine-tune", 8), (group["direction"]!.GetValue<string>(), group["relation"]!.GetValue<string>(), group["count"]!.GetValue<int>()));
        await PublishAsync(track, key, "later", Digest(99), From(Base));
        var seen = graph["nodes"]!.AsArray().Select(n => n!["id"]!.GetValue<string>()).ToHashSet();
        var cursor = group["more"]?.GetValue<string>();
        while (cursor is not null)
        {
            var page = await TestTrack.OkAsync(track.GetAsync($"/v1/graph/neighbours?node={Base}&direction=down&relation=fine-tune&limit=3&cursor={cursor}", ""));
            Assert.Equal(20, page["count"]!.GetValue<int>());
            Assert.All(page["nodes"]!.AsArray(), n => Assert.True(seen.Add(n!["id"]!.GetValue<string>())));
            cursor = page["next_cursor"]?.GetValue<string>();
        }

        Assert.Equal(21, seen.Count);
    }
}
