using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aixv.Authority.Hosting;

/// <summary>Puts an Authority into a web application, alone or beside other things.</summary>
public static class AuthorityApplication
{
    /// <summary>Registers the Authority, its limits on requests and the renewal of its metadata. The caller disposes of <paramref name="sigstore"/>.</summary>
    public static WebApplicationBuilder AddAuthority(this WebApplicationBuilder builder, PrivateSigstore sigstore, AuthorityOptions options)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(sigstore);
        ArgumentNullException.ThrowIfNull(options);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestHeadersTotalSize = 64 * 1024;
            kestrel.Limits.MaxConcurrentConnections ??= 4096;
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(sigstore);
        builder.Services.AddSingleton(services => new RequestGuard(options, services.GetRequiredService<ILogger<PrivateSigstore>>()));
        builder.Services.AddSingleton<IHostedService>(services =>
            new RenewalService(sigstore, options.Time, services.GetRequiredService<ILogger<PrivateSigstore>>()));
        return builder;
    }

    /// <summary>Maps the Authority's routes, with its guard in front of all that follows.</summary>
    public static WebApplication MapAuthority(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var guard = app.Services.GetRequiredService<RequestGuard>();
        app.Use(next => context => guard.InvokeAsync(context, next));
        app.Services.GetRequiredService<PrivateSigstore>().Map(app);
        return app;
    }
}
