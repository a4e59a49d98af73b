using System.Net;
using System.Net.Sockets;
using Aixv.Authority.Hosting;
using Aixv.Sigstore.Trust;
using Aixv.Track.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aixv.Cli.Serving;

/// <summary>The registry and, unless it is left out, the Authority, in this process and on one port.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly WebApplication app;

    private RunningServer(WebApplication app, PrivateSigstore? authority, TrackRegistry registry) =>
        (this.app, Authority, Registry) = (app, authority, registry);

    /// <summary>Null when only the registry runs.</summary>
    public PrivateSigstore? Authority { get; }

    public TrackRegistry Registry { get; }

    public string Url => Registry.Url;

    /// <param name="track">The registry's options, which also say where to listen.</param>
    /// <param name="authority">The Authority's folder; null leaves it out.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    public static async Task<RunningServer> StartAsync(TrackOptions track, string? authority, CancellationToken cancellationToken)
    {
        var listener = Listener.Bind(track.Host, track.Port);
        var opened = new Stack<IAsyncDisposable>();
        try
        {
            var url = track.Url?.TrimEnd('/') ?? Listener.UrlOf(track.Host, ((IPEndPoint)listener.LocalEndPoint!).Port);
            using var logging = LoggerFactory.Create(b => track.Logging?.Invoke(b));
            var authorityOptions = new AuthorityOptions { DataFolder = authority ?? "", Url = url, Time = track.Time, Logging = track.Logging };
            var sigstore = authority is null
                ? null
                : await PrivateSigstore.OpenAsync(authorityOptions, logging.CreateLogger<PrivateSigstore>(), cancellationToken);
            if (sigstore is not null)
            {
                opened.Push(sigstore);
            }

            // Who signs at this server's own Authority is believed by its registry.
            IReadOnlyList<TrustedRoot> roots = sigstore is null ? track.TrustedRoots : [.. track.TrustedRoots, TrustedRoot.Parse(sigstore.TrustedRoot)];
            var registry = await TrackRegistry.OpenAsync(track with { Url = url, TrustedRoots = roots }, logging.CreateLogger<TrackRegistry>(), cancellationToken);
            opened.Push(registry);
            var app = Build(track, listener, sigstore, authorityOptions, registry);
            await app.StartAsync(cancellationToken);
            return new RunningServer(app, sigstore, registry);
        }
        catch
        {
            while (opened.TryPop(out var part))
            {
                await part.DisposeAsync();
            }

            listener.Dispose();
            throw;
        }
    }

    private static WebApplication Build(
        TrackOptions track, Socket listener, PrivateSigstore? sigstore, AuthorityOptions authorityOptions, TrackRegistry registry)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = [], ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        track.Logging?.Invoke(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(listener.LocalEndPoint!));
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = _ => listener);
        if (sigstore is not null)
        {
            builder.AddAuthority(sigstore, authorityOptions);
        }

        builder.AddTrack(registry);
        var app = builder.Build();
        if (sigstore is not null)
        {
            app.MapAuthority();
        }

        return app.MapTrack();
    }

    /// <summary>Lets running requests end, then closes both.</summary>
    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Registry.DisposeAsync();
        if (Authority is not null)
        {
            await Authority.DisposeAsync();
        }
    }
}
