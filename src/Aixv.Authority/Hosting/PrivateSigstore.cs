using System.Collections.Immutable;
using System.Text;
using Aixv.Authority.Federation;
using Aixv.Authority.Identity;
using Aixv.Authority.Issuance;
using Aixv.Authority.Keys;
using Aixv.Authority.RekorLog;
using Aixv.Authority.Repository;
using Aixv.Authority.Storage;
using Aixv.Authority.Timestamping;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>One open data folder: issuer, CA, logs, timestamp authority and repository, ready to be mapped to routes.</summary>
public sealed class PrivateSigstore : IAsyncDisposable
{
    private readonly DataFolder data;
    private readonly HttpClient http;
    private readonly ServiceRegister register;
    private readonly SigningKey oidcKey;
    private readonly CertificateAuthority authority;
    private readonly CtLog ctLog;
    private readonly RekorTree rekor;
    private readonly TimestampAuthority timestamps;
    private readonly TufRepository repository;
    private readonly AccountsFile accounts;
    private readonly IdentityTokens tokens;
    private readonly SignIn signIn;
    private readonly TokenVerifier verifier;
    private readonly TrustMaterial trust;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    private PrivateSigstore(AuthorityState state, CtLog ctLog, RekorTree rekor, InitialAccounts? initialAccounts, ILogger logger)
    {
        var options = state.Options;
        (data, register, time, this.ctLog, this.rekor, this.logger) = (state.Data, state.Register, options.Time, ctLog, rekor, logger);
        (Url, InitialAccounts) = (state.Url, initialAccounts);
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = DiscoveredIssuerKeys.MaximumBytes };
        oidcKey = state.Keys.Load(register.Current(ServiceRole.Oidc)!.KeyName);
        authority = CertificateAuthority.Open(register.Current(ServiceRole.CertificateAuthority)!, state.Keys);
        timestamps = TimestampAuthority.Open(register.Current(ServiceRole.TimestampAuthority)!, state.Keys, time);
        accounts = AccountsFile.Open(data.Path);
        signIn = new SignIn(accounts, time, logger);
        tokens = new IdentityTokens(Url, oidcKey, PublishedTokenKeys(), time);
        var own = new TrustedIssuer(
            Url, IdentityTokens.Audience, ["ES256"], new GivenIssuerKeys(IssuerKeys.Parse(tokens.KeySet.Span)), new LocalRule(state.Host));
        verifier = new TokenVerifier([own, .. IssuersFile.Read(data, http, time)], time);
        trust = new TrustMaterial(register, Url, options.Operator);
        TrustedRoot = trust.TrustedRoot();
        SigningConfig = trust.SigningConfig();
        ClientTrustConfig = trust.ClientTrustConfig();
        repository = new TufRepository(data, state.Keys, register, time);
        repository.Publish(ImmutableDictionary<string, byte[]>.Empty
            .Add(TrustMaterial.TrustedRootName, TrustedRoot).Add(TrustMaterial.SigningConfigName, SigningConfig));
        DeleteReplacedRootKeys(state.Keys);
        SaveForClients();
    }

    /// <summary>The base URL, which is also the token issuer.</summary>
    public string Url { get; }

    /// <summary>The trusted root (<c>application/vnd.dev.sigstore.trustedroot+json;version=0.1</c>).</summary>
    public byte[] TrustedRoot { get; }

    /// <summary>The signing config, version 0.2.</summary>
    public byte[] SigningConfig { get; }

    /// <summary>Trusted root and signing config in one document.</summary>
    public byte[] ClientTrustConfig { get; }

    /// <summary>The first root.json, from which TUF clients start.</summary>
    public byte[] TufRoot => repository.InitialRoot;

    /// <summary>The folder with these four documents as files: <c>trusted_root.json</c>, <c>signing_config.v0.2.json</c>, <c>client_trust_config.json</c>, <c>root.json</c>.</summary>
    public string PublicFolder => data.Folder("public");

    /// <summary>The accounts made just now because the data folder was fresh, or null.</summary>
    public InitialAccounts? InitialAccounts { get; }

    /// <summary>Opens or makes the data folder of <paramref name="options"/>.</summary>
    /// <param name="options">The options; <see cref="AuthorityOptions.Url"/> must be set.</param>
    /// <param name="logger">Gets one line for each certificate and each failure; never tokens or secrets.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <exception cref="IOException">The folder is in use, unreadable or damaged.</exception>
    /// <exception cref="InvalidDataException">A log does not hold what was published.</exception>
    public static async Task<PrivateSigstore> OpenAsync(AuthorityOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var state = AuthorityState.Open(options);
        var opened = new Stack<IAsyncDisposable>();
        try
        {
            var initial = FirstAccounts(state);
            state.CreateMissing();
            state.RequireSameHost();
            var ctLog = await CtLog.OpenAsync(state.Register.Current(ServiceRole.CtLog)!, state.Data, state.Keys, options.Time, cancellationToken);
            opened.Push(ctLog);
            var rekor = await RekorTree.OpenAsync(state.Register.Current(ServiceRole.Rekor)!, state.Data, state.Keys, options.Time, cancellationToken);
            opened.Push(rekor);
            return new PrivateSigstore(state, ctLog, rekor, initial, logger);
        }
        catch
        {
            while (opened.TryPop(out var part))
            {
                await part.DisposeAsync();
            }

            state.Data.Dispose();
            throw;
        }
    }

    /// <summary>A fresh folder gets one user and one machine, so that both kinds of sign-in work at once.</summary>
    private static InitialAccounts? FirstAccounts(AuthorityState state)
    {
        if (AccountsFile.Open(state.Data.Path).Exists)
        {
            return null;
        }

        const string User = "admin";
        const string Machine = "machine";
        var email = $"{User}@{state.Host}";
        var made = Accounts.Open(state.Data.Path);
        return new InitialAccounts(User, email, made.AddUser(User, email), Machine, made.AddMachine(Machine));
    }

    /// <summary>The current key, and those whose tokens may still be alive.</summary>
    private ImmutableArray<PublicKey> PublishedTokenKeys() =>
    [
        .. register.Of(ServiceRole.Oidc)
            .Where(g => g.End is not { } end || end + IdentityTokens.Lifetime + TimeSpan.FromMinutes(1) > time.GetUtcNow())
            .OrderByDescending(g => g.Number).Select(g => g.PublicKey),
    ];

    /// <summary>Published roots name only the current keys, so the replaced ones are of no more use.</summary>
    private void DeleteReplacedRootKeys(KeyFolder keys)
    {
        foreach (var old in register.Of(ServiceRole.Tuf).Where(g => g.End is not null))
        {
            keys.Delete(old.KeyName);
            keys.Delete(TufKeys.OnlineName(old.Number));
        }
    }

    private void SaveForClients()
    {
        foreach (var (name, content) in new (string, byte[])[]
        {
            (TrustMaterial.TrustedRootName, TrustedRoot), (TrustMaterial.SigningConfigName, SigningConfig),
            ("client_trust_config.json", ClientTrustConfig), ("root.json", TufRoot),
        })
        {
            AtomicFile.Write(Path.Combine(PublicFolder, name), content, AtomicFile.Public);
        }
    }

    /// <summary>An identity token for a local account, without its password: for the process that owns the data folder.</summary>
    /// <exception cref="ArgumentException">There is no such account.</exception>
    public string IssueToken(string account) =>
        tokens.Issue(accounts.Find(account) ?? throw new ArgumentException($"there is no account '{account}'", nameof(account)));

    /// <summary>Renews the TUF metadata that nears its expiry.</summary>
    public void Renew()
    {
        if (repository.Renew())
        {
            logger.RepositoryRenewed();
        }
    }

    /// <summary>Maps every service.</summary>
    internal void Map(IEndpointRouteBuilder routes)
    {
        var chains = register.Of(ServiceRole.CertificateAuthority).Reverse().Select(g => g.Chain).ToImmutableArray();
        new IdentityEndpoints(tokens, signIn, time, logger).Map(routes);
        new FulcioEndpoints(new LeafIssuer(authority, ctLog, time), verifier, chains, logger).Map(routes);
        new TimestampEndpoints(timestamps).Map(routes);
        new RekorEndpoints(rekor).Map(routes);
        new TufEndpoints(repository).Map(routes);
        LogFiles.Map(routes, "/ct", ctLog.Store);
        MapFrozen(routes);
        var healthy = Encoding.ASCII.GetBytes("{\"status\":\"SERVING\"}");
        routes.MapGet("/healthz", (RequestDelegate)(c => JsonAnswer.WriteAsync(c, healthy, "application/json")));
    }

    private void MapFrozen(IEndpointRouteBuilder routes)
    {
        foreach (var shard in register.All.Where(g => g.End is not null))
        {
            if (shard.Role == ServiceRole.Rekor)
            {
                FrozenShard.Map(routes, shard.Number, new FileTileStore(RekorTree.FolderOf(data, shard)));
            }
            else if (shard.Role == ServiceRole.CtLog)
            {
                LogFiles.Map(routes, $"/ct/shards/{shard.Number}", new FileTileStore(CtLog.FolderOf(data, shard)));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await rekor.DisposeAsync();
        await ctLog.DisposeAsync();
        authority.Dispose();
        timestamps.Dispose();
        oidcKey.Dispose();
        signIn.Dispose();
        http.Dispose();
        data.Dispose();
    }
}
