using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Track.Hosting;

/// <summary><c>/healthz</c>: the process lives. <c>/readyz</c>: it can serve, and is not about to stop.</summary>
internal sealed class HealthRoutes(Registry registry)
{
    public void Map(ApiRoutes routes, WebApplication app)
    {
        // Beside an Authority that address is taken, and says the same.
        if (!((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>().Any(e => e.RoutePattern.RawText == "/healthz"))
        {
            routes.Open("GET", "/healthz", LiveAsync);
        }

        var stopping = app.Lifetime.ApplicationStopping;
        routes.Open("GET", "/health/live", LiveAsync)
            .Open("GET", "/readyz", call => ReadyAsync(call, stopping))
            .Open("GET", "/health/ready", call => ReadyAsync(call, stopping));
    }

    private static Task LiveAsync(ApiCall call) => call.AnswerAsync(json => json.WriteString("status", "SERVING"));

    private async Task ReadyAsync(ApiCall call, CancellationToken stopping)
    {
        var storage = await StateAsync(call.Cancelled);
        var isReady = storage == "ok" && !stopping.IsCancellationRequested;
        await call.AnswerAsync(
            json =>
            {
                json.WriteString("status", isReady ? "ok" : stopping.IsCancellationRequested ? "draining" : "degraded");
                json.WriteStartObject("checks");
                json.WriteString("storage", storage);
                json.WriteEndObject();
            },
            isReady ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable);
    }

    private async Task<string> StateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await registry.Store.CheckAsync(cancellationToken);
            return "ok";
        }
        catch (Exception e) when (e is IOException or System.Data.Common.DbException or TimeoutException)
        {
            return "failing";
        }
    }
}
