using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>A running registry: one process, one port.</summary>
public sealed class TrackServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private TrackServer(WebApplication app, TrackRegistry registry, IPEndPoint address)
    {
        (this.app, Registry) = (app, registry);
        var host = address.Address.Equals(IPAddress.Any) || address.Address.Equals(IPAddress.Loopback) ? "localhost" : address.Address.ToString();
        LocalUrl = new Uri(Listener.UrlOf(host, address.Port));
    }

    public TrackRegistry Registry { get; }

    /// <summary>The base URL that clients use.</summary>
    public Uri Url => new(Registry.Url);

    /// <summary>Where it listens, for callers on this machine; differs from <see cref="Url"/> behind a proxy.</summary>
    public Uri LocalUrl { get; }

    /// <summary>The tenant and keys made because the registry is new, or null. Show them once.</summary>
    public FirstKey? FirstKey => Registry.FirstKey;

    /// <summary>Every address of the API with its methods and the scope that it needs; null where it is open to all.</summary>
    internal IEnumerable<RouteEndpointDescription> Routes => RouteEndpointDescription.Of(app);

    /// <summary>Ends when the process is asked to stop, or <see cref="DisposeAsync"/> is called.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default) => app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Opens the registry and listens.</summary>
    /// <exception cref="IOException">The storage is in use or damaged, or the address is taken.</exception>
    /// <exception cref="ArgumentException">A setting is not usable; the message names it.</exception>
    public static async Task<TrackServer> StartAsync(TrackOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var listener = Listener.Bind(options.Host, options.Port);
        try
        {
            var port = ((IPEndPoint)listener.LocalEndPoint!).Port;
            var named = options with { Url = options.Url?.TrimEnd('/') ?? Listener.UrlOf(options.Host, port) };
            return await StartAsync(named, listener, cancellationToken);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private static async Task<TrackServer> StartAsync(TrackOptions options, Socket listener, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        options.Logging?.Invoke(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listener.LocalEndPoint!));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => listener);
        using var logging = LoggerFactory.Create(b => options.Logging?.Invoke(b));
        var registry = await TrackRegistry.OpenAsync(options, logging.CreateLogger<TrackRegistry>(), cancellationToken);
        try
        {
            builder.AddTrack(registry);
            var app = builder.Build();
            app.MapTrack();
            await app.StartAsync(cancellationToken);
            app.Services.GetRequiredService<ILogger<TrackRegistry>>().Serving(registry.Url);
            return new TrackServer(app, registry, (IPEndPoint)listener.LocalEndPoint!);
        }
        catch
        {
            await registry.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets running requests end, then closes the storage.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Registry.DisposeAsync();
    }
}
