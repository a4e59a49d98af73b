using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Track.Tests;

/// <summary>A running registry on a free port, in a folder of its own that goes with it.</summary>
internal sealed class TestTrack : IAsyncDisposable
{
    private readonly bool ownsFolder;

    private TestTrack(TrackServer server, string folder, bool ownsFolder)
    {
        (Server, Folder, this.ownsFolder) = (server, folder, ownsFolder);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.LocalUrl };
        Admin = server.FirstKey?.AdminKey ?? "";
        Operator = server.FirstKey?.OperatorKey ?? "";
    }

    public TrackServer Server { get; }

    public string Folder { get; }

    public HttpClient Http { get; }

    /// <summary>The first tenant's admin key; empty when the folder was not new.</summary>
    public string Admin { get; }

    public string Operator { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"aixv-track-{Guid.NewGuid():N}");

    /// <summary>Starts in <paramref name="folder"/>, or in a new one.</summary>
    public static async Task<TestTrack> StartAsync(string? folder = null, Func<TrackOptions, TrackOptions>? change = null)
    {
        var path = folder ?? NewFolder();
        var options = new TrackOptions { DataFolder = path, Port = 0, OpenRequestsPerSecond = 0 };
        return new TestTrack(await TrackServer.StartAsync(change?.Invoke(options) ?? options, Cancel), path, folder is null);
    }

    /// <summary>Sends a request with a key; by default the first admin's.</summary>
    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonNode? body = null, string? key = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        if ((key ?? Admin) is { Length: > 0 } given)
        {
            request.Headers.Add("X-API-Key", given);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, Cancel);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? key = null) => SendAsync(HttpMethod.Get, path, key: key);

    public Task<HttpResponseMessage> PostAsync(string path, JsonNode? body = null, string? key = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body ?? new JsonObject(), key, headers);

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;

    /// <summary>The answer of a request that must succeed.</summary>
    public static async Task<JsonNode> OkAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(Cancel)}");
        return await JsonAsync(response);
    }

    /// <summary>The error's code of a request that must be refused.</summary>
    public static async Task<(int Status, string Code)> RefusedAsync(Task<HttpResponseMessage> sending)
    {
        using var response = await sending;
        var json = await JsonAsync(response);
        Assert.Equal((int)response.StatusCode, json["http_status"]!.GetValue<int>());
        return ((int)response.StatusCode, json["code"]!.GetValue<string>());
    }

    /// <summary>A tenant with an admin key.</summary>
    public async Task<(string Id, string Key)> NewTenantAsync(string name, string visibility = "private")
    {
        var tenant = await OkAsync(PostAsync("/v1/tenants", new JsonObject { ["name"] = name, ["visibility"] = visibility }, Operator));
        var id = tenant["id"]!.GetValue<string>();
        var scopes = new JsonArray((JsonNode)"admin");
        var key = await OkAsync(PostAsync($"/v1/tenants/{id}/api-keys", new JsonObject { ["name"] = "admin", ["scopes"] = scopes }, Operator));
        return (id, key["key"]!.GetValue<string>());
    }

    /// <summary>Stops the server and leaves the folder.</summary>
    public async ValueTask StopAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        if (ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
