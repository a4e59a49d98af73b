using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Aixv.Authority.Hosting;
using Aixv.Authority.Identity;

namespace Aixv.Authority.Tests;

/// <summary>A running Authority on a free port, in a folder of its own that goes with it.</summary>
internal sealed class TestAuthority : IAsyncDisposable
{
    private static readonly Lazy<Task<(string Folder, InitialAccounts Accounts)>> Template = new(MakeTemplateAsync);
    private readonly bool ownsFolder;

    private TestAuthority(AuthorityServer server, InitialAccounts accounts, string folder, bool ownsFolder)
    {
        Server = server;
        Accounts = accounts;
        Folder = folder;
        this.ownsFolder = ownsFolder;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = server.LocalUrl };
    }

    public AuthorityServer Server { get; }

    public string Folder { get; }

    public HttpClient Http { get; }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static string NewFolder() => Path.Combine(Path.GetTempPath(), $"aixv-authority-{Guid.NewGuid():N}");

    /// <summary>
    /// Starts in <paramref name="folder"/>, or in a copy of a folder that is made once: hashing the first password takes longest.
    /// The copies have the same keys.
    /// </summary>
    public static async Task<TestAuthority> StartAsync(string? folder = null, Func<AuthorityOptions, AuthorityOptions>? change = null)
    {
        var path = folder ?? NewFolder();
        if (folder is null)
        {
            Copy((await Template.Value).Folder, path);
        }

        var options = new AuthorityOptions { DataFolder = path, Port = 0, RequestsPerSecond = 0 };
        var server = await AuthorityServer.StartAsync(change?.Invoke(options) ?? options, Cancel);
        return new TestAuthority(server, server.InitialAccounts ?? (await Template.Value).Accounts, path, folder is null);
    }

    /// <summary>Starts with keys of its own.</summary>
    public static async Task<TestAuthority> StartFreshAsync()
    {
        var path = NewFolder();
        var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = path, Port = 0, RequestsPerSecond = 0 }, Cancel);
        return new TestAuthority(server, server.InitialAccounts!, path, ownsFolder: true);
    }

    private static async Task<(string Folder, InitialAccounts Accounts)> MakeTemplateAsync()
    {
        var folder = NewFolder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        await using var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = folder, Port = 0 }, CancellationToken.None);
        return (folder, server.InitialAccounts!);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var folder in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
        }
    }

    /// <summary>The first user and machine.</summary>
    public InitialAccounts Accounts { get; }

    public async Task<HttpResponseMessage> PostAsync(string path, JsonNode body, string? bearer = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body.ToJsonString(), new MediaTypeHeaderValue("application/json")),
        };
        if (bearer is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        }

        return await Http.SendAsync(request, Cancel);
    }

    public Task<HttpResponseMessage> PostFormAsync(string path, params (string Name, string Value)[] fields) =>
        Http.PostAsync(path, new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))), Cancel);

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) => JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;

    /// <summary>The machine account's token, by the client credentials grant.</summary>
    public async Task<string> MachineTokenAsync()
    {
        using var response = await PostFormAsync(
            "/oidc/token", ("grant_type", "client_credentials"), ("client_id", Accounts.MachineName), ("client_secret", Accounts.MachineSecret));
        response.EnsureSuccessStatusCode();
        return (await JsonAsync(response))["id_token"]!.GetValue<string>();
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
