using System.Net;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>An open registry, ready to be put into a web application. One process has one.</summary>
public sealed class TrackRegistry : IAsyncDisposable
{
    private readonly HttpClient http;
    private readonly AddressRates addresses;

    private TrackRegistry(Registry registry, TrackOptions options, ILogger logger)
    {
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1024 * 1024 };
        (Registry, Options, Logger) = (registry, options, logger);
        Graph = new ArtifactGraph(registry);
        registry.Store.Logged = Graph.Offer;
        Tenants = new TenantDirectory(registry);
        Keys = new ApiKeys(registry);
        Uses = new KeyUses(registry.Store.Scratch);
        var tokens = new TokenVerifier(options.Issuers, Tenants, http, options.Time);
        var authenticator = new Authenticator(Keys, Tenants, tokens, Uses, options.Time);
        addresses = new AddressRates(options.OpenRequestsPerSecond);
        Gate = new ApiGate(
            registry,
            authenticator,
            new TenantRates(registry.Store.Index, options.Time),
            addresses,
            new RequestRepeats(registry.Store.Scratch, options.Time, logger));
    }

    /// <summary>The key made because the registry is new, with the first tenant, or null. Show it once.</summary>
    public FirstKey? FirstKey { get; private set; }

    /// <summary>The base URL that clients use.</summary>
    public string Url => Options.Url!;

    /// <summary>The log's name and key as one line (C2SP signed-note verifier key).</summary>
    public string LogKey => Registry.Log.Verifier.ToVerifierKey();

    internal Registry Registry { get; }

    internal TrackOptions Options { get; }

    internal ILogger Logger { get; }

    internal TenantDirectory Tenants { get; }

    internal ApiKeys Keys { get; }

    internal KeyUses Uses { get; }

    internal ApiGate Gate { get; }

    /// <summary>The lineage of artifacts in memory.</summary>
    internal ArtifactGraph Graph { get; }

    /// <summary>Opens or makes the registry of these options.</summary>
    /// <param name="options">The options; <see cref="TrackOptions.Url"/> must be set.</param>
    /// <param name="logger">Gets one line for each refusal and failure; never keys or tokens.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="IOException">The storage is in use, unreadable or damaged.</exception>
    /// <exception cref="InvalidDataException">Something that was acknowledged is missing.</exception>
    public static async Task<TrackRegistry> OpenAsync(TrackOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var kinds = KnownKinds.Create();
        var store = await StoreOpening.OpenAsync(options, kinds, logger, cancellationToken);
        var opened = new TrackRegistry(new Registry(store, kinds, options.Time, logger), options, logger);
        try
        {
            await opened.MakeFirstAsync(cancellationToken);
            return opened;
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
    }

    /// <summary>A new registry gets one tenant with one key, so that it can be used at once, and the operator's own.</summary>
    private async Task MakeFirstAsync(CancellationToken cancellationToken)
    {
        if (await Registry.Store.Index.SizeAsync(cancellationToken) > 0)
        {
            return;
        }

        var by = TenantDirectory.OperatorCaller("operator");
        const string Name = "default";
        Tenant tenant;
        try
        {
            tenant = await Tenants.CreateAsync(by, Name, Options.FirstTenantIsPublic ? Visibility.Public : Visibility.Private, new TenantLimits(Options.RequestsPerMinute, 0), cancellationToken);
        }
        catch (ApiError e) when (e.Status == HttpStatusCode.Conflict)
        {
            // Another node was quicker, and shows the keys.
            return;
        }

        var (_, operatorKey) = await Keys.CreateAsync(by, Tenant.System.Id, "first operator key", [Scope.Operator], null, cancellationToken);
        var (_, adminKey) = await Keys.CreateAsync(by, tenant.Id, "first admin key", [Scope.Admin], null, cancellationToken);
        FirstKey = new FirstKey(Name, tenant.Id.ToString(), adminKey, operatorKey);
    }

    /// <summary>A key that may make and limit tenants, for a while: for who has the storage itself, and so needs no other proof.</summary>
    public async Task<string> CreateOperatorKeyAsync(TimeSpan lifetime, CancellationToken cancellationToken = default)
    {
        var expires = Options.Time.GetUtcNow() + lifetime;
        var by = TenantDirectory.OperatorCaller("operator");
        var (_, text) = await Keys.CreateAsync(by, Tenant.System.Id, "command line", [Scope.Operator], expires, cancellationToken);
        return text;
    }

    /// <summary>Writes what is waiting, then closes the storage.</summary>
    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        Graph.Dispose();
        addresses.Dispose();
        http.Dispose();
    }
}
