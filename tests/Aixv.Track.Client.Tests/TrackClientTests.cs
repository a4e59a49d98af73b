using System.Net;
using System.Text.Json.Nodes;
using Aixv.Track.Client.Requests;

namespace Aixv.Track.Client.Tests;

/// <summary>The typed client against the running server.</summary>
public sealed class TrackClientTests
{
    private static readonly string Hash = new('a', 64);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_what_the_server_says()
    {
        await using var track = await RunningRegistry.StartAsync();
        using var http = new HttpClient { BaseAddress = track.Url };
        var client = new TrackClient(http, track.AdminKey);
        var agent = await client.RegisterAgentAsync(new AgentRequest("trainer"), Cancel);
        Assert.Equal("active", (await client.GetAgentAsync(agent.AgentId, Cancel)).Status);
        var dataset = await client.AttestDatasetAsync(new DatasetRequest(agent.Id, "claims", new string('d', 64)), Cancel);
        var model = await client.AttestModelAsync(new ModelRequest(agent.Id, "m", Hash, "2.1.0", "pytorch") { TrainingDatasetIds = [dataset.Id] }, Cancel);
        Assert.Equal(dataset.Id, Assert.Single((await client.GetModelAsync(model.Id, Cancel)).TrainingDatasetIds));
        Assert.Equal("VALID", (await client.VerifyModelAsync(Hash, Cancel)).Verdict);
        Assert.Equal("trained_on", Assert.Single((await client.GetModelLineageAsync(model.Id, Cancel)).Edges).Relationship);
        Assert.Equal("model.attested", (await client.GetReceiptAsync(model.ReceiptId, Cancel)).ReceiptType);
        Assert.True((await client.VerifyReceiptAsync(model.ReceiptId, Cancel)).Valid);
        Assert.Contains("aixv.receipt/v1", System.Text.Encoding.UTF8.GetString(await client.GetProofBundleAsync(model.ReceiptId, cancellationToken: Cancel)), StringComparison.Ordinal);
        Assert.Equal("m", (await client.FindArtifactAsync(Hash, Cancel))!.Name);
        Assert.Null(await client.FindArtifactAsync(new string('f', 64), Cancel));
        var reached = new List<string?>();
        await foreach (var node in client.StreamImpactAsync(new string('d', 64), Cancel))
        {
            reached.Add(node.Id);
        }

        Assert.Equal([$"sha256:{Hash}"], reached);
        Assert.Equal("revoked", (await client.RevokeModelAsync(model.Id, "test", Cancel)).Status);
        var refused = await Assert.ThrowsAsync<TrackException>(() => client.GetModelAsync("550e8400-e29b-41d4-a716-446655440000", Cancel));
        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_write_that_failed_on_the_way_back_is_repeated_under_its_key_and_written_once()
    {
        await using var track = await RunningRegistry.StartAsync();
        using var losing = new Losing(new SocketsHttpHandler());
        using var http = new HttpClient(losing) { BaseAddress = track.Url };
        var agent = await new TrackClient(http, track.AdminKey).RegisterAgentAsync(new AgentRequest("once"), Cancel);
        Assert.Equal(2, losing.Count);
        using var direct = new HttpClient { BaseAddress = track.Url };
        direct.DefaultRequestHeaders.Add("X-API-Key", track.AdminKey);
        var list = JsonNode.Parse(await direct.GetStringAsync("/v1/agents", Cancel))!;
        Assert.Equal(1, list["total"]!.GetValue<int>());
        Assert.Equal(agent.Id, list["agents"]![0]!["id"]!.GetValue<string>());
    }

    /// <summary>Loses the first answer.</summary>
    private sealed class Losing(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public int Count { get; private set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            return ++Count == 1 ? throw new HttpRequestException("lost") : response;
        }
    }
}
