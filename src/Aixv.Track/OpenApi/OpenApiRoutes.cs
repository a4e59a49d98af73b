using System.Reflection;
using Aixv.Protocol.Statements;
using Aixv.Track.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Aixv.Track.OpenApi;

/// <summary><c>GET /openapi/v1.json</c>.</summary>
internal static class OpenApiRoutes
{
    private static readonly string Version =
        typeof(OpenApiRoutes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    public static void Map(ApiRoutes routes, WebApplication app, string url)
    {
        var document = new Lazy<byte[]>(() => SortedJson.Serialize(OpenApiDocument.Build(RouteEndpointDescription.Of(app), url, Version)));
        routes.Open("GET", "/openapi/v1.json", call => call.AnswerAsync(document.Value));
    }
}
