using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Tenants;

public sealed class TenantTests
{
    private static string Header(HttpResponseMessage response, string name) => Assert.Single(response.Headers.GetValues(name));

    [Fact]
    public async Task A_tenant_is_made_limited_suspended_and_taken_back()
    {
        await using var track = await TestTrack.StartAsync();
        var (id, key) = await track.NewTenantAsync("acme");
        await TestTrack.OkAsync(track.GetAsync("/v1/tenant", key));
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, $"/v1/tenants/{id}", new JsonObject { ["status"] = "suspended" }, track.Operator));
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.GetAsync("/v1/tenant", key)));
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, "/v1/tenants/acme", new JsonObject { ["status"] = "active" }, track.Operator));
        await TestTrack.OkAsync(track.GetAsync("/v1/tenant", key));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/tenants", new JsonObject { ["name"] = "acme" }, track.Operator)));
    }

    [Fact]
    public async Task The_tenant_header_is_optional_and_must_agree()
    {
        await using var track = await TestTrack.StartAsync();
        var (id, key) = await track.NewTenantAsync("acme");
        foreach (var name in (string[])["acme", id])
        {
            await TestTrack.OkAsync(track.SendAsync(HttpMethod.Get, "/v1/tenant", null, key, ("X-Tenant-ID", name)));
        }

        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Get, "/v1/tenant", null, key, ("X-Tenant-ID", "default"))));
    }

    [Fact]
    public async Task A_rate_is_told_and_enforced()
    {
        await using var track = await TestTrack.StartAsync();
        var (id, key) = await track.NewTenantAsync("acme");
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, $"/v1/tenants/{id}", new JsonObject { ["requests_per_minute"] = 1 }, track.Operator));
        var statuses = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var response = await track.GetAsync("/v1/tenant", key);
            statuses.Add((int)response.StatusCode);
            Assert.Equal(("1", "1;w=60"), (Header(response, "X-RateLimit-Limit"), Header(response, "X-RateLimit-Policy")));
            Assert.True(long.Parse(Header(response, "X-RateLimit-Reset"), CultureInfo.InvariantCulture) > 0);
            if (response.StatusCode == System.Net.HttpStatusCode.TooManyRequests)
            {
                Assert.InRange(int.Parse(Header(response, "Retry-After"), CultureInfo.InvariantCulture), 1, 60);
            }
        }

        // A minute may end in between, once.
        Assert.Equal(200, statuses[0]);
        Assert.True(statuses.Count(s => s == 429) >= 2);
    }

    [Fact]
    public async Task A_day_s_entries_are_limited()
    {
        await using var track = await TestTrack.StartAsync();
        Assert.Equal(201, (int)(await track.PostAsync("/v1/tenants", new JsonObject { ["name"] = "small", ["entries_per_day"] = 0 }, track.Operator)).StatusCode);
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(
            track.PostAsync("/v1/tenants", new JsonObject { ["name"] = "x", ["entries_per_day"] = -1 }, track.Operator)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("system")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("-dash")]
    public async Task A_name_that_is_not_usable_is_refused(string name)
    {
        await using var track = await TestTrack.StartAsync();
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/tenants", new JsonObject { ["name"] = name }, track.Operator)));
    }
}
