using System.Text.Json.Nodes;
using Aixv.Track.Hosting;
using Aixv.Track.Keys;

namespace Aixv.Track.Tests.Keys;

/// <summary>Walks every route of the API with every kind of caller that must be refused.</summary>
public sealed class EveryRouteTests
{
    private static readonly DateTimeOffset Soon = TimeProvider.System.GetUtcNow().AddHours(1);

    private static string Address(string pattern) => string.Join('/', pattern.Split('/').Select(part =>
        part.StartsWith('{') ? "01890a5d-ac96-774b-bcce-b302099a8057" : part));

    private static async Task<(int, string)> TryAsync(TestTrack track, RouteEndpointDescription route, string key, params (string, string)[] headers) =>
        await TestTrack.RefusedAsync(track.SendAsync(new HttpMethod(route.Method), Address(route.Pattern), route.Method == "GET" ? null : new JsonObject(), key, headers));

    private static async Task<string> KeyAsync(TestTrack track, string scope, DateTimeOffset? expires = null) => (await TestTrack.OkAsync(track.PostAsync(
        "/v1/api-keys",
        new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)scope), ["expires_at"] = expires?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null) })))["key"]!.GetValue<string>();

    [Fact]
    public async Task Every_route_refuses_who_may_not_use_it()
    {
        var time = new ShiftedTime();
        await using var track = await TestTrack.StartAsync(change: o => o with { Time = time });
        var expired = await KeyAsync(track, "admin", Soon);
        var revoked = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"admin") }));
        await TestTrack.OkAsync(track.PostAsync($"/v1/api-keys/{revoked["id"]}/revoke"));
        var keys = new Dictionary<string, string>();
        foreach (var scope in (string[])["webhooks:read", "models:read"])
        {
            keys[scope] = await KeyAsync(track, scope);
        }

        time.Shift = TimeSpan.FromHours(2);
        var routes = track.Server.Routes.Where(r => r.Access.Scope is not null).ToList();
        Assert.InRange(routes.Count, 10, 1000);
        foreach (var route in routes)
        {
            var other = keys[route.Access.Scope == "webhooks:read" ? "models:read" : "webhooks:read"];
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, ""));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, "aixv_nonsense"));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, KeyText.Generate()));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, expired));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, revoked["key"]!.GetValue<string>()));
            Assert.Equal((403, "FORBIDDEN"), await TryAsync(track, route, other));
            Assert.Equal((403, "FORBIDDEN"), await TryAsync(track, route, track.Admin, ("X-Tenant-ID", "another")));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, "", ("Authorization", "Basic YTpi")));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, track.Admin, ("Authorization", $"Bearer {other}")));
            Assert.Equal((401, "UNAUTHORIZED"), await TryAsync(track, route, "", ("Authorization", "Bearer eyJhbGciOiJub25lIn0.eyJpc3MiOiJ4In0.")));
            if (route.Access.Scope == Scope.Operator)
            {
                Assert.Equal((403, "FORBIDDEN"), await TryAsync(track, route, track.Admin));
            }
        }
    }

    [Fact]
    public async Task What_is_no_address_or_no_method_is_said()
    {
        await using var track = await TestTrack.StartAsync();
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync("/v1/nothing")));
        Assert.Equal((405, "METHOD_NOT_ALLOWED"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Put, "/v1/api-keys", new JsonObject())));
    }

    [Fact]
    public async Task A_key_hands_out_no_more_than_it_has()
    {
        await using var track = await TestTrack.StartAsync();
        var made = await TestTrack.OkAsync(track.PostAsync(
            "/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"keys:*", (JsonNode)"models:read") }));
        var key = made["key"]!.GetValue<string>();
        foreach (var scope in (string[])["admin", "models:*", "models:write", "operator", "nonsense"])
        {
            var body = new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)scope) };
            Assert.Equal(403, (await TestTrack.RefusedAsync(track.PostAsync("/v1/api-keys", body, key))).Status);
        }

        await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") }, key));
        var asOperator = new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"operator") };
        Assert.Equal(403, (await TestTrack.RefusedAsync(track.PostAsync("/v1/api-keys", asOperator))).Status);
    }

    [Fact]
    public async Task A_key_of_another_tenant_is_not_there()
    {
        await using var track = await TestTrack.StartAsync();
        var mine = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") }));
        var (_, other) = await track.NewTenantAsync("other");
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync($"/v1/api-keys/{mine["id"]}", other)));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.PostAsync($"/v1/api-keys/{mine["id"]}/revoke", null, other)));
        await TestTrack.OkAsync(track.GetAsync($"/v1/api-keys/{mine["id"]}"));
    }
}
