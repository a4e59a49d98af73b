using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Keys;

public sealed class KeyRoutesTests
{
    private static JsonObject Request(params string[] scopes) =>
        new() { ["name"] = "ci", ["scopes"] = new JsonArray([.. scopes.Select(s => (JsonNode)s)]) };

    [Fact]
    public async Task A_key_is_shown_once_and_works_in_every_header()
    {
        await using var track = await TestTrack.StartAsync();
        var made = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", Request("keys:read")));
        var key = made["key"]!.GetValue<string>();
        var listed = await TestTrack.OkAsync(track.GetAsync("/v1/api-keys", key));
        Assert.Equal(2, listed["total"]!.GetValue<int>());
        Assert.DoesNotContain(key, listed.ToJsonString(), StringComparison.Ordinal);
        foreach (var authorization in (string[])[$"ApiKey {key}", $"Bearer {key}", $"bearer {key}"])
        {
            await TestTrack.OkAsync(track.SendAsync(HttpMethod.Get, "/v1/api-keys", null, "", ("Authorization", authorization)));
        }
    }

    [Fact]
    public async Task A_key_that_is_not_good_is_refused_with_the_reason()
    {
        await using var track = await TestTrack.StartAsync();
        var made = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", Request("models:read")));
        var key = made["key"]!.GetValue<string>();
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.GetAsync("/v1/api-keys", key)));
        Assert.Equal((401, "UNAUTHORIZED"), await TestTrack.RefusedAsync(track.GetAsync("/v1/api-keys", key[..^1] + (key[^1] == 'a' ? 'b' : 'a'))));
        await TestTrack.OkAsync(track.PostAsync($"/v1/api-keys/{made["id"]}/revoke"));
        Assert.Equal((401, "UNAUTHORIZED"), await TestTrack.RefusedAsync(track.GetAsync("/v1/api-keys", key)));
        Assert.Equal((401, "UNAUTHORIZED"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Get, "/v1/api-keys", null, "")));
    }

    [Fact]
    public async Task Administration_is_in_the_audit_log_and_in_the_log()
    {
        await using var track = await TestTrack.StartAsync();
        var made = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", Request("models:read")));
        await TestTrack.OkAsync(track.PostAsync($"/v1/api-keys/{made["id"]}/revoke"));
        var audit = await TestTrack.OkAsync(track.GetAsync("/v1/audit/events"));
        var actions = audit["events"]!.AsArray().Select(e => e!["action"]!.GetValue<string>());
        Assert.Equal(["key.revoked", "key.created", "key.created", "tenant.created"], actions);
        var log = await TestTrack.OkAsync(track.SendAsync(HttpMethod.Get, "/v1/log", null, ""));
        Assert.Equal(5, log["tree_size"]!.GetValue<int>());
    }
}
