using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Aixv.Authority.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>A running Authority: one process, one data folder, one port.</summary>
public sealed class AuthorityServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly PrivateSigstore sigstore;

    private AuthorityServer(WebApplication app, PrivateSigstore sigstore, IPEndPoint address)
    {
        this.app = app;
        this.sigstore = sigstore;
        var host = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.Loopback) ? "localhost" : address.Address.ToString();
        LocalUrl = new Uri(DefaultUrl(host, address.Port));
    }

    /// <summary>The base URL that clients use.</summary>
    public Uri Url => new(sigstore.Url);

    /// <summary>Where it listens, for callers on this machine; differs from <see cref="Url"/> behind a proxy.</summary>
    public Uri LocalUrl { get; }

    public byte[] TrustedRoot => sigstore.TrustedRoot;

    /// <summary>The trusted root as a file.</summary>
    public string TrustedRootPath => Path.Combine(sigstore.PublicFolder, "trusted_root.json");

    public byte[] SigningConfig => sigstore.SigningConfig;

    /// <summary>Trusted root and signing config in one document.</summary>
    public byte[] ClientTrustConfig => sigstore.ClientTrustConfig;

    /// <summary>Trusted root and signing config in one file, for <c>--trust-config</c>.</summary>
    public string ClientTrustConfigPath => Path.Combine(sigstore.PublicFolder, "client_trust_config.json");

    /// <summary>The first root.json; the repository is at <c>&lt;Url&gt;/tuf</c>.</summary>
    public byte[] TufRoot => sigstore.TufRoot;

    /// <summary>The accounts made because the data folder was fresh, or null. Show the secrets once.</summary>
    public InitialAccounts? InitialAccounts => sigstore.InitialAccounts;

    /// <summary>An identity token for a local account, without its password.</summary>
    /// <exception cref="ArgumentException">There is no such account.</exception>
    public string IssueToken(string account) => sigstore.IssueToken(account);

    /// <summary>Renews the TUF metadata that nears its expiry, as happens every hour by itself.</summary>
    public void Renew() => sigstore.Renew();

    /// <summary>Ends when the process is asked to stop, or <see cref="DisposeAsync"/> is called.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Opens the data folder and listens.</summary>
    /// <exception cref="IOException">The data folder is in use or damaged, or the address is taken.</exception>
    /// <exception cref="ArgumentException">The host or the URL is not usable.</exception>
    public static async Task<AuthorityServer> StartAsync(AuthorityOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var listener = Listen(options);
        try
        {
            var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            var named = options with { Url = options.Url?.TrimEnd('/') ?? DefaultUrl(options.Host, port) };
            return await StartAsync(named, listener, cancellationToken);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private static async Task<AuthorityServer> StartAsync(AuthorityOptions options, Socket listener, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        options.Logging?.Invoke(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listener.LocalEndPoint!));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => listener);
        using var logging = LoggerFactory.Create(b => options.Logging?.Invoke(b));
        var sigstore = await PrivateSigstore.OpenAsync(options, logging.CreateLogger<PrivateSigstore>(), cancellationToken);
        try
        {
            builder.AddAuthority(sigstore, options);
            var app = builder.Build();
            app.MapAuthority();
            await app.StartAsync(cancellationToken);
            app.Services.GetRequiredService<ILogger<PrivateSigstore>>().Serving(sigstore.Url, Path.GetFullPath(options.DataFolder));
            return new AuthorityServer(app, sigstore, (IPEndPoint)listener.LocalEndPoint!);
        }
        catch
        {
            await sigstore.DisposeAsync();
            throw;
        }
    }

    /// <summary>The socket is bound before anything else: a free port must be known before the URL is, and a taken one is found at once.</summary>
    private static Socket Listen(AuthorityOptions options)
    {
        var address = options.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            var text => IPAddress.TryParse(text, out var parsed)
                ? parsed
                : throw new ArgumentException($"cannot listen on '{text}': give localhost, * or an IP address", nameof(options)),
        };
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(address, options.Port));
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new IOException($"cannot listen on {options.Host}:{options.Port.ToString(CultureInfo.InvariantCulture)}: {e.Message}", e);
        }
    }

    private static string DefaultUrl(string host, int port)
    {
        var name = host switch
        {
            "*" => "localhost",
            _ when host.Contains(':', StringComparison.Ordinal) => $"[{host}]",
            _ => host,
        };
        return $"http://{name}:{port.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Lets running requests end, then closes the logs.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await sigstore.DisposeAsync();
    }
}
