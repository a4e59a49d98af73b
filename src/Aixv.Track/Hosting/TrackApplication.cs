using Aixv.Track.Keys;
using Aixv.Track.Lineage;
using Aixv.Track.Log;
using Aixv.Track.OpenApi;
using Aixv.Track.Pages;
using Aixv.Track.Tenants;
using Aixv.Track.Webhooks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Puts a registry into a web application, alone or beside other things.</summary>
public static class TrackApplication
{
    /// <summary>Registers the registry and its background work. The caller disposes of <paramref name="registry"/>.</summary>
    public static WebApplicationBuilder AddTrack(this WebApplicationBuilder builder, TrackRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registry);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 64L * 1024 * 1024;
            kestrel.Limits.MaxConcurrentConnections ??= 4096;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(registry);
        builder.Services.AddSingleton<PrometheusText>();
        builder.Services.AddMetrics();
        if (registry.Options.Witnesses.Count > 0)
        {
            builder.Services.AddSingleton<IHostedService>(services =>
                new WitnessingService(registry, services.GetRequiredService<ILogger<TrackRegistry>>()));
        }

        if (registry.Options.Telemetry is { } collector)
        {
            builder.Services.AddSingleton<IHostedService>(new TelemetryExport(collector));
        }

        builder.Services.AddSingleton<IHostedService>(services =>
            new HousekeepingService(registry, services.GetRequiredService<ILogger<TrackRegistry>>()));
        builder.Services.AddSingleton<IHostedService>(new GraphLoading(registry));
        builder.Services.AddSingleton<IHostedService>(services =>
            new WebhookService(registry, services.GetRequiredService<ILogger<TrackRegistry>>()));
        return builder;
    }

    /// <summary>Maps the registry's routes.</summary>
    public static WebApplication MapTrack(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var registry = app.Services.GetRequiredService<TrackRegistry>();
        var guard = new TrackGuard(app.Services.GetRequiredService<ILogger<TrackRegistry>>());
        var routes = new ApiRoutes(app, registry.Gate, guard);
        new HealthRoutes(registry.Registry).Map(routes, app);
        new MetricsRoutes(app.Services.GetRequiredService<PrometheusText>()).Map(routes);
        LogRoutes.Map(routes);
        var keys = new KeyRoutes(registry.Keys, registry.Uses);
        keys.Map(routes);
        new TenantRoutes(registry.Tenants, keys, registry.Options.RequestsPerMinute).Map(routes);
        AuditRoutes.Map(routes);
        var assets = PageAssets.Load();
        var pages = new PageAnswer(new PageFrame(registry.Url, assets), registry.Url.StartsWith("https:", StringComparison.Ordinal));
        TrackFeatures.Map(routes, registry, assets, pages);
        OpenApiRoutes.Map(routes, app, registry.Url);
        UnknownRoutes.Map(app, guard, pages);
        return app;
    }
}
