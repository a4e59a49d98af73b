using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Trust;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Demonstration;

/// <summary>A registry beside the demo's Authority, whose pages show what the demo made; open to everybody on this machine.</summary>
internal sealed class DemoRegistry : IAsyncDisposable
{
    private readonly TrackServer server;
    private readonly HttpClient http;

    private DemoRegistry(TrackServer server) => (this.server, http) = (server, new HttpClient { BaseAddress = server.LocalUrl });

    public string Url => server.LocalUrl.AbsoluteUri.TrimEnd('/');

    /// <summary>Starts it in the demo's folder, with one public tenant.</summary>
    public static async Task<DemoRegistry> StartAsync(App app, AuthorityServer authority, string folder, CancellationToken cancellationToken)
    {
        var server = await TrackServer.StartAsync(
            new TrackOptions { DataFolder = Path.Combine(folder, "track"), Port = 0, Time = app.Time, TrustedRoots = [TrustedRoot.Parse(authority.TrustedRoot)] }, cancellationToken);
        var registry = new DemoRegistry(server);
        try
        {
            registry.Use(server.FirstKey!.OperatorKey);
            var tenant = await registry.PostAsync("/v1/tenants", new JsonObject { ["name"] = "demo", ["visibility"] = "public" }, cancellationToken);
            var made = await registry.PostAsync(
                $"/v1/tenants/{tenant["id"]}/api-keys", new JsonObject { ["name"] = "demo", ["scopes"] = new JsonArray((JsonNode)"admin") }, cancellationToken);
            registry.Use(made["key"]!.GetValue<string>());
            return registry;
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    private void Use(string key)
    {
        http.DefaultRequestHeaders.Remove("X-API-Key");
        http.DefaultRequestHeaders.Add("X-API-Key", key);
    }

    /// <summary>Publishes a bundle.</summary>
    public Task AttestAsync(string path, CancellationToken cancellationToken) => PostAsync("/v1/attestations", JsonNode.Parse(File.ReadAllBytes(path))!, cancellationToken);

    /// <summary>Publishes a signed advisory.</summary>
    public Task WarnAsync(string path, CancellationToken cancellationToken) => PostAsync(
        "/v1/advisories",
        new JsonObject { ["record"] = JsonNode.Parse(File.ReadAllBytes(path)), ["bundle"] = JsonNode.Parse(File.ReadAllBytes($"{path}.sigstore.json")) },
        cancellationToken);

    /// <summary>Registers something; the id of what was made.</summary>
    public async Task<string> RegisterAsync(string path, JsonObject body, CancellationToken cancellationToken) =>
        (await PostAsync(path, body, cancellationToken))["id"]!.GetValue<string>();

    private async Task<JsonNode> PostAsync(string path, JsonNode body, CancellationToken cancellationToken)
    {
        using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await http.PostAsync(path, content, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode
            ? JsonNode.Parse(text)!
            : throw new HttpRequestException($"the demo's registry answered {(int)response.StatusCode} to {path}: {text}", null, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
    }
}
