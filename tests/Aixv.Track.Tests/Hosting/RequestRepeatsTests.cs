using System.Text.Json.Nodes;

namespace Aixv.Track.Tests.Hosting;

public sealed class RequestRepeatsTests
{
    private static JsonObject Named(string name) => new() { ["name"] = name };

    [Fact]
    public async Task The_first_answer_is_given_again_and_nothing_is_written_twice()
    {
        await using var track = await TestTrack.StartAsync();
        var key = ("Idempotency-Key", "6f1c9b1e");
        using var first = await track.PostAsync("/v1/tenants", Named("acme"), track.Operator, key);
        using var second = await track.PostAsync("/v1/tenants", Named("acme"), track.Operator, key);
        Assert.Equal((201, 201), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(
            await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.False(first.Headers.Contains("Idempotency-Replayed"));
        Assert.True(second.Headers.Contains("Idempotency-Replayed"));
    }

    [Fact]
    public async Task Another_request_with_the_key_is_a_conflict()
    {
        await using var track = await TestTrack.StartAsync();
        var key = ("Idempotency-Key", "6f1c9b1e");
        await TestTrack.OkAsync(track.PostAsync("/v1/tenants", Named("acme"), track.Operator, key));
        Assert.Equal((409, "CONFLICT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/tenants", Named("other"), track.Operator, key)));
    }

    [Fact]
    public async Task Repetitions_that_come_at_once_wait_for_the_first()
    {
        await using var track = await TestTrack.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            TestTrack.OkAsync(track.PostAsync("/v1/tenants", Named("acme"), track.Operator, ("Idempotency-Key", "k")))));
        Assert.Single(answers.Select(a => a["id"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task A_refusal_is_not_kept()
    {
        await using var track = await TestTrack.StartAsync();
        var key = ("Idempotency-Key", "k");
        Assert.Equal((400, "INVALID_INPUT"), await TestTrack.RefusedAsync(track.PostAsync("/v1/tenants", Named("Not A Name"), track.Operator, key)));
        await TestTrack.OkAsync(track.PostAsync("/v1/tenants", Named("acme"), track.Operator, key));
    }

    [Fact]
    public async Task An_answer_with_a_secret_is_not_kept()
    {
        await using var track = await TestTrack.StartAsync();
        var body = new JsonObject { ["name"] = "ci", ["scopes"] = new JsonArray((JsonNode)"models:read") };
        var first = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", body.DeepClone(), null, ("Idempotency-Key", "k")));
        var second = await TestTrack.OkAsync(track.PostAsync("/v1/api-keys", body, null, ("Idempotency-Key", "k")));
        Assert.NotEqual(first["key"]!.GetValue<string>(), second["key"]!.GetValue<string>());
    }
}
