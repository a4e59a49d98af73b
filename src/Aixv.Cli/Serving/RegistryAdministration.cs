using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Serving;

/// <summary>Speaks to a registry as who runs it: to a server that runs, with an operator's key, or to the storage of one that is stopped.</summary>
/// <remarks>A stopped one is served to this process alone meanwhile, so that both ways do the same and leave the same traces in the audit log.</remarks>
internal sealed class RegistryAdministration
{
    private const string KeyVariable = "AIXV_TRACK_KEY";
    private const string DefaultServer = "http://localhost:3000";
    private const string FirstTenant = "default";
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Option<string?> server = Options.Text("--server", "URL", $"The registry's address; {KeyVariable} holds the operator's key (default: {DefaultServer}, where that is set and no storage is named).");
    private readonly Option<string?> data = AuthorityFolder.Option();
    private readonly TrackSettingOptions settings = new();

    public RegistryAdministration(Command command)
    {
        command.Add(server);
        command.Add(data);
        settings.AddTo(command);
    }

    /// <summary>Sends one request and returns the answer.</summary>
    /// <exception cref="CommandFailure">The registry refused it.</exception>
    public async Task<JsonObject> SendAsync(
        App app, ParseResult parse, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        await using var registry = await OpenAsync(app, parse, cancellationToken);
        return await SendAsync(app, registry.Url, registry.Key, method, path, body, cancellationToken);
    }

    private async Task<Opened> OpenAsync(App app, ParseResult parse, CancellationToken cancellationToken)
    {
        var options = settings.Read(app, parse, new Dictionary<string, Option<string?>>(), new TrackOptions
        {
            DataFolder = TrackFolder.Resolve(app, parse, data),
            Time = app.Time,
        });
        var isStorageNamed = parse.GetValue(data) is not null || options.Connection is not null;
        if ((parse.GetValue(server) ?? (app.Setting(KeyVariable) is not null && !isStorageNamed ? DefaultServer : null)) is { } address)
        {
            var key = app.Setting(KeyVariable)
                ?? throw new CommandFailure($"{KeyVariable} is not set: it holds the key that the first start printed for the operator", ExitCode.Usage);
            var url = Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
                ? uri
                : throw new CommandFailure("--server: an http or https URL is expected.", ExitCode.Usage);
            return new Opened(url, key, null);
        }

        if (options.Connection is null && !Directory.Exists(Path.Combine(options.DataFolder, "log")))
        {
            throw new CommandFailure(
                $"there is no registry in {options.DataFolder}: name its folder with --data DIR, or a running server with --server URL and its operator's key in {KeyVariable}");
        }

        var roots = TrustedBeside(AuthorityFolder.Resolve(app, parse, data));
        var own = await TrackServer.StartAsync(
            options with { Host = "localhost", Port = 0, Url = null, Telemetry = null, TrustedRoots = [.. options.TrustedRoots, .. roots] }, cancellationToken);
        try
        {
            return new Opened(own.LocalUrl, await own.Registry.CreateOperatorKeyAsync(KeyLifetime, cancellationToken), own);
        }
        catch
        {
            await own.DisposeAsync();
            throw;
        }
    }

    /// <summary>Who signs at the Authority beside the storage is believed by it, as where both are served.</summary>
    private static IReadOnlyList<TrustedRoot> TrustedBeside(string authority)
    {
        var file = Path.Combine(authority, "public", "trusted_root.json");
        try
        {
            return File.Exists(file) ? [TrustedRoot.Parse(File.ReadAllBytes(file))] : [];
        }
        catch (FormatException e)
        {
            throw new CommandFailure($"{file}: {e.Message}");
        }
    }

    /// <summary>Sends one request of a tenant's: with the tenant's own key, or with one that the operator makes for the occasion and ends.</summary>
    /// <param name="tenant">The tenant's name, for an operator; null where the key is the tenant's, or the first tenant's where the storage is opened.</param>
    /// <param name="scopes">What the key for the occasion allows.</param>
    /// <exception cref="CommandFailure">The registry refused it.</exception>
    public async Task<JsonObject> SendForTenantAsync(
        App app, ParseResult parse, string? tenant, string[] scopes, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        await using var registry = await OpenForTenantAsync(app, parse, tenant, scopes, KeyLifetime, cancellationToken);
        return await SendAsync(app, registry.Url, registry.Key, method, path, body, cancellationToken);
    }

    /// <summary>A server with a key of a tenant: its own, or one that the operator makes for the occasion and that ends with it.</summary>
    /// <param name="tenant">The tenant's name, for an operator; null where the key is the tenant's, or the first tenant's where the storage is opened.</param>
    /// <param name="scopes">What the key for the occasion allows.</param>
    /// <param name="lifetime">How long it may be needed.</param>
    /// <exception cref="CommandFailure">The registry refused it.</exception>
    public async Task<Opened> OpenForTenantAsync(App app, ParseResult parse, string? tenant, string[] scopes, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var registry = await OpenAsync(app, parse, cancellationToken);
        try
        {
            if (tenant is null && !registry.IsOwn)
            {
                return registry;
            }

            var keys = $"/v1/tenants/{Uri.EscapeDataString(tenant ?? FirstTenant)}/api-keys";
            var wanted = new JsonObject
            {
                ["name"] = "command line",
                ["scopes"] = new JsonArray([.. scopes.Select(scope => (JsonNode)scope)]),
                ["expires_at"] = Rfc3339.Format(app.Time.GetUtcNow() + lifetime),
            };
            var key = await SendAsync(app, registry.Url, registry.Key, HttpMethod.Post, keys, wanted, cancellationToken);
            var id = (string)key["id"]!;
            return new Opened(registry.Url, (string)key["key"]!, registry.Own)
            {
                Revoke = () => SendAsync(app, registry.Url, registry.Key, HttpMethod.Post, $"{keys}/{id}/revoke", [], CancellationToken.None),
            };
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>A server with a key, until disposed of.</summary>
    internal sealed record Opened(Uri Url, string Key, TrackServer? Own) : IAsyncDisposable
    {
        public bool IsOwn => Own is not null;

        /// <summary>Ends the key; null for one that was there before.</summary>
        public Func<Task>? Revoke { get; init; }

        /// <summary>Says nothing of the key.</summary>
        public override string ToString() => Url.ToString();

        public async ValueTask DisposeAsync()
        {
            try
            {
                if (Revoke is not null)
                {
                    await Revoke();
                }
            }
            finally
            {
                if (Own is not null)
                {
                    await Own.DisposeAsync();
                }
            }
        }
    }

    private static async Task<JsonObject> SendAsync(
        App app, Uri url, string key, HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var http = app.Http is { } handler ? new HttpClient(handler()) : new HttpClient();
        http.Timeout = Patience;
        using var request = new HttpRequestMessage(method, new Uri(url, path));
        request.Headers.Add("X-API-Key", key);
        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var answer = Read(await response.Content.ReadAsStringAsync(cancellationToken));
        return response.IsSuccessStatusCode && answer is not null
            ? answer
            : throw new CommandFailure((string?)answer?["message"] ?? $"the server answered with status {(int)response.StatusCode}");
    }

    private static JsonObject? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
