using System.Net;
using System.Text.Json.Nodes;
using Aixv.Track.Webhooks;

namespace Aixv.Track.Tests.Webhooks;

/// <summary>Webhooks: what is sent where, signed by what was shown once, and what is never sent.</summary>
public sealed class WebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static JsonObject Request(string url, params string[] events) =>
        new() { ["url"] = url, ["events"] = new JsonArray([.. events.Select(e => (JsonNode)e)]) };

    [Fact]
    public async Task A_failed_delivery_is_repeated_under_its_id_and_signed_each_time()
    {
        using var listener = new HttpListener();
        var port = FreePort();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        await using var track = await TestTrack.StartAsync(change: o => o with { AllowPrivateWebhooks = true });
        var made = await TestTrack.OkAsync(track.PostAsync("/v1/webhooks", Request($"http://127.0.0.1:{port}/hook", "agent.*")));
        var secret = System.Text.Encoding.ASCII.GetBytes(made["secret"]!.GetValue<string>());
        var agent = await TestTrack.OkAsync(track.PostAsync("/v1/agents", new JsonObject { ["display_name"] = "a" }));
        var (first, id) = await TakeAsync(listener, secret, HttpStatusCode.InternalServerError);
        var (second, again) = await TakeAsync(listener, secret, HttpStatusCode.OK);
        Assert.Equal(id, again);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
        Assert.Equal("agent.registered", second["event"]!.GetValue<string>());
        Assert.Equal(agent["id"]!.GetValue<string>(), second["data"]!["id"]!.GetValue<string>());
        var shown = await TestTrack.OkAsync(track.GetAsync($"/v1/webhooks/{made["id"]}"));
        Assert.Null(shown["secret"]);
        for (var i = 0; i < 100 && (await TestTrack.OkAsync(track.GetAsync($"/v1/webhooks/{made["id"]}/deliveries")))["total"]!.GetValue<int>() < 2; i++)
        {
            await Task.Delay(50, Cancel);
        }

        var history = await TestTrack.OkAsync(track.GetAsync($"/v1/webhooks/{made["id"]}/deliveries"));
        Assert.Equal(["delivered", "failed"], history["items"]!.AsArray().Select(d => d!["status"]!.GetValue<string>()));
    }

    private static async Task<(JsonNode Body, string Id)> TakeAsync(HttpListener listener, byte[] secret, HttpStatusCode answer)
    {
        var context = await listener.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(20), Cancel);
        using var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body, Cancel);
        var time = long.Parse(context.Request.Headers["X-Aixv-Timestamp"]!, System.Globalization.CultureInfo.InvariantCulture);
        var expected = WebhookSender.Sign(secret, time, body.ToArray());
        Assert.Equal(expected, context.Request.Headers["X-Aixv-Signature"]);
        Assert.Equal(expected, context.Request.Headers["X-Truthlocks-Signature"]);
        context.Response.StatusCode = (int)answer;
        context.Response.Close();
        return (JsonNode.Parse(body.ToArray())!, context.Request.Headers["X-Aixv-Delivery"]!);
    }

    private static int FreePort()
    {
        using var socket = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }

    [Theory]
    [InlineData("http://example.org/x")]
    [InlineData("https://127.0.0.1/x")]
    [InlineData("https://[::1]/x")]
    [InlineData("https://[::ffff:10.0.0.1]/x")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://user:secret@example.org/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task What_is_not_on_the_public_internet_is_refused(string url)
    {
        await using var track = await TestTrack.StartAsync();
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/webhooks", Request(url, "*"))));
    }

    [Fact]
    public async Task A_name_that_leads_home_is_not_connected_to()
    {
        var refused = await Assert.ThrowsAsync<HttpRequestException>(async () => await WebhookAddress.ConnectAsync(new DnsEndPoint("localhost", 1), allowPrivate: false, Cancel));
        Assert.Contains("private", refused.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<Exception>(() => WebhookAddress.Parse("https://10.1.2.3/", allowPrivate: false));
        Assert.True(WebhookAddress.IsPublic(IPAddress.Parse("1.1.1.1")));
    }

    [Fact]
    public async Task A_webhook_is_its_tenants_own_and_gone_when_deleted()
    {
        await using var track = await TestTrack.StartAsync();
        var made = await TestTrack.OkAsync(track.PostAsync("/v1/webhooks", Request("https://example.org/hook", "attestation.*", "impact.detected")));
        var path = $"/v1/webhooks/{made["id"]}";
        var (_, stranger) = await track.NewTenantAsync("stranger");
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync(path, stranger)));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Delete, path, key: stranger)));
        var changed = await TestTrack.OkAsync(track.SendAsync(HttpMethod.Patch, path, new JsonObject { ["status"] = "disabled" }));
        Assert.Equal("disabled", changed["status"]!.GetValue<string>());
        var rotated = await TestTrack.OkAsync(track.PostAsync($"{path}/rotate-secret"));
        Assert.NotEqual(made["secret"]!.GetValue<string>(), rotated["secret"]!.GetValue<string>());
        await TestTrack.OkAsync(track.SendAsync(HttpMethod.Delete, path));
        Assert.Equal((404, "NOT_FOUND"), await TestTrack.RefusedAsync(track.GetAsync(path)));
        Assert.Equal(0, (await TestTrack.OkAsync(track.GetAsync("/v1/webhooks")))["total"]!.GetValue<int>());
    }
}
