using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Web.Tests;

/// <summary>The registry that the pages are looked at on: the real server, with a small world in it (<see cref="World"/>).</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("aixv-web-").FullName;
    private TrackServer? server;
    private Signing? signing;
    private HttpClient? http;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public Uri Url => server!.LocalUrl;

    /// <summary>Whether the server has the script: there is none where it was built without npm.</summary>
    public bool HasScript { get; private set; }

    public async ValueTask InitializeAsync()
    {
        signing = await Signing.StartAsync();
        server = await TrackServer.StartAsync(new TrackOptions { DataFolder = folder, Port = 0, OpenRequestsPerSecond = 0, TrustedRoots = [signing.Root] }, Cancel);
        http = new HttpClient { BaseAddress = server.LocalUrl };
        var tenant = await PostAsync("/v1/tenants", new JsonObject { ["name"] = "hub", ["visibility"] = "public" }, server.FirstKey!.OperatorKey);
        var key = await PostAsync(
            $"/v1/tenants/{tenant["id"]}/api-keys", new JsonObject { ["name"] = "k", ["scopes"] = new JsonArray((JsonNode)"admin") }, server.FirstKey.OperatorKey);
        await new World(signing, (path, body) => PostAsync(path, body, key["key"]!.GetValue<string>())).MakeAsync();
        HasScript = (await GetAsync("/")).Contains("<script type=\"module\"", StringComparison.Ordinal);
    }

    public async Task<string> GetAsync(string path) => await http!.GetStringAsync(path, Cancel);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => http!.SendAsync(request, Cancel);

    private async Task<JsonNode> PostAsync(string path, JsonNode body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        request.Headers.Add("X-API-Key", key);
        using var response = await http!.SendAsync(request, Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    public async ValueTask DisposeAsync()
    {
        http?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        if (signing is not null)
        {
            await signing.DisposeAsync();
        }

        Directory.Delete(folder, recursive: true);
    }
}
