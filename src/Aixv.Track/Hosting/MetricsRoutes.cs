using System.Net;
using System.Text;
using Aixv.Track.Keys;

namespace Aixv.Track.Hosting;

/// <summary><c>GET /metrics</c> in Prometheus' text format: for this machine, and for who runs the server.</summary>
internal sealed class MetricsRoutes(PrometheusText metrics)
{
    public void Map(ApiRoutes routes) => routes.Open("GET", "/metrics", ReadAsync);

    private Task ReadAsync(ApiCall call)
    {
        // What comes through a proxy comes from everywhere.
        var address = call.Context.Connection.RemoteIpAddress;
        var isLocal = (address is null || IPAddress.IsLoopback(address))
            && !call.Context.Request.Headers.ContainsKey("X-Forwarded-For") && !call.Context.Request.Headers.ContainsKey("Forwarded");
        return isLocal || call.Caller?.May(Scope.Operator) == true
            ? call.AnswerAsync(Encoding.UTF8.GetBytes(metrics.Write()), contentType: "text/plain; version=0.0.4; charset=utf-8")
            : throw ApiError.Forbidden("metrics are for this machine, and for a key with the scope operator");
    }
}
