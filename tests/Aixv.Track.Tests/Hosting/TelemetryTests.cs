using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Tests.Hosting;

public sealed class TelemetryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Metrics_are_told_in_prometheus_text()
    {
        await using var track = await TestTrack.StartAsync();
        await TestTrack.OkAsync(track.GetAsync("/v1/tenant"));
        await TestTrack.OkAsync(track.PostAsync("/v1/agents", new System.Text.Json.Nodes.JsonObject { ["display_name"] = "trainer" }));
        var text = await (await track.GetAsync("/metrics", "")).Content.ReadAsStringAsync(Cancel);
        Assert.Contains("# TYPE aixv_track_entries_total counter\n", text, StringComparison.Ordinal);
        Assert.Contains("\naixv_track_entries_total{outcome=\"written\"} ", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE aixv_track_batch_duration_seconds histogram", text, StringComparison.Ordinal);
        Assert.Matches("http_server_request_duration_seconds_count\\{[^}]*http_route=\"/v1/tenant\"[^}]*\\} [1-9]", text);
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches("^(# (HELP|TYPE) [a-zA-Z_][a-zA-Z0-9_]* .*|[a-zA-Z_][a-zA-Z0-9_]*(\\{.*\\})? [-+0-9.eEInfNa]+)$", line));
    }

    [Fact]
    public async Task Metrics_are_not_for_those_behind_a_proxy()
    {
        await using var track = await TestTrack.StartAsync();
        var far = ("X-Forwarded-For", "192.0.2.1");
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Get, "/metrics", null, "", far)));
        Assert.Equal((403, "FORBIDDEN"), await TestTrack.RefusedAsync(track.SendAsync(HttpMethod.Get, "/metrics", null, null, far)));
        using var response = await track.SendAsync(HttpMethod.Get, "/metrics", null, track.Operator, far);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Traces_and_metrics_are_sent_to_a_collector()
    {
        var received = new ConcurrentBag<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var collector = builder.Build();
        collector.MapPost("/v1/{kind}", (RequestDelegate)(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            received.Add($"{context.Request.RouteValues["kind"]} {System.Text.Encoding.Latin1.GetString(body.ToArray())}");
        }));
        await collector.StartAsync(Cancel);
        var address = new Uri(collector.Urls.First());
        await using (var track = await TestTrack.StartAsync(change: o => o with { Telemetry = address }))
        {
            await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"models:read") }));
        }

        Assert.Contains(received, r => r.StartsWith("traces ", StringComparison.Ordinal) && r.Contains("commit", StringComparison.Ordinal));
        Assert.Contains(received, r => r.StartsWith("metrics ", StringComparison.Ordinal) && r.Contains("aixv.track.entries", StringComparison.Ordinal));
        Assert.DoesNotContain(received, r => r.Contains("aixv_", StringComparison.Ordinal));
    }
}
