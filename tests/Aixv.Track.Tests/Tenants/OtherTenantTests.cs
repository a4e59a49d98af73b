using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Aixv.Track.Keys;

namespace Aixv.Track.Tests.Tenants;

/// <summary>Each object of a private tenant is tried at every route by another: it is answered as one that is not there.</summary>
public sealed class OtherTenantTests
{
    private const string Hash = "a1b2c3d4e5f6789012345678abcdef0123456789abcdef0123456789abcdef01";
    private const string OtherHash = "00000000e5f6789012345678abcdef0123456789abcdef0123456789abcdef01";
    private const string Nobody = "01890a5d-ac96-774b-bcce-b302099a8057";

    private static async Task<HashSet<string>> MakeOneOfEachAsync(TestTrack track)
    {
        var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "trainer" }));
        JsonObject Of(string name) => new() { ["agent_id"] = agent["id"]!.DeepClone(), ["name"] = name };
        var dataset = Of("data");
        dataset["hash"] = Hash;
        var made = new List<JsonNode>
        {
            agent,
            await TestTrack.OkAsync(track.PostAsync("/v1/datasets/attest", dataset)),
        };
        var model = Of("model");
        model["hash"] = Hash;
        model["training_dataset_ids"] = new JsonArray(made[1]["dataset_id"]!.DeepClone());
        made.Add(await TestTrack.OkAsync(track.PostAsync("/v1/models/attest", model)));
        foreach (var path in (string[])["/v1/training-runs", "/v1/deployments"])
        {
            var record = Of("use");
            record["model_id"] = made[2]["model_id"]!.DeepClone();
            made.Add(await TestTrack.OkAsync(track.PostAsync(path, record)));
        }

        made.Add(await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") })));
        made.Add(await TestTrack.OkAsync(track.PostAsync("/v1/webhooks", new JsonObject { ["url"] = "http://127.0.0.1:9/", ["events"] = new JsonArray((JsonNode)"*") })));
        return [.. made.SelectMany(m => (string?[])[(string?)m["id"], (string?)m["receipt_id"], (string?)m["model_id"], (string?)m["dataset_id"]]).OfType<string>()];
    }

    private static string Address(RouteEndpointDescription route, string id, string hash) => string.Join('/', route.Pattern.Split('/').Select(part => part switch
    {
        "{digest}" => hash,
        "{format}" => "aixv",
        _ => part.StartsWith('{') ? Uri.EscapeDataString(id) : part,
    }));

    private static async Task<string> AnswerAsync(TestTrack track, RouteEndpointDescription route, string key, string id, string hash)
    {
        var body = route.Method is "GET" or "DELETE" ? null : new JsonObject { ["reason"] = "x", ["hash"] = hash };
        using var response = await track.SendAsync(new HttpMethod(route.Method), Address(route, id, hash), body, key);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain("trainer", text, StringComparison.Ordinal);
        return $"{(int)response.StatusCode} {text.Replace(id, "ID", StringComparison.Ordinal).Replace(hash, "HASH", StringComparison.Ordinal)}";
    }

    [Fact]
    public async Task What_another_tenant_has_is_answered_as_what_is_not_there()
    {
        await using var track = await TestTrack.StartAsync(change: o => o with { AllowPrivateWebhooks = true });
        var ids = await MakeOneOfEachAsync(track);
        var (_, other) = await track.NewTenantAsync("other");
        var routes = track.Server.Routes.Where(r => r.Pattern.Contains('{', StringComparison.Ordinal)
            && r.Pattern.StartsWith("/v1/", StringComparison.Ordinal) && r.Access.Scope != Scope.Operator).ToList();
        Assert.InRange(routes.Count, 25, 1000);
        foreach (var route in routes)
        {
            var missing = await AnswerAsync(track, route, other, Nobody, OtherHash);
            foreach (var id in ids)
            {
                var found = await AnswerAsync(track, route, other, id, Hash);
                Assert.True(found[..3] == missing[..3], $"{route.Method} {route.Pattern} {id}: {found} for one of another tenant, {missing} for none");
            }
        }

        // And everything is still there for its owner, as it was.
        var models = await TestTrack.OkAsync(track.GetAsync("/v1/models"));
        Assert.Equal("attested", (string?)models["items"]![0]!["status"]);
    }
}
