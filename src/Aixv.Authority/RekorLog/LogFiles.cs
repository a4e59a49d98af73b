using Aixv.Authority.Hosting;
using Aixv.Transparency.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.RekorLog;

/// <summary>Serves the public files of a C2SP tlog-tiles log: <c>checkpoint</c> and <c>tile/…</c>.</summary>
internal static class LogFiles
{
    private const string Immutable = "public, max-age=31536000, immutable";
    private static readonly string[] Reading = ["GET", "HEAD"];

    /// <summary>Maps them below <paramref name="prefix"/>, which has no trailing slash.</summary>
    public static void Map(IEndpointRouteBuilder routes, string prefix, FileTileStore store)
    {
        routes.MapMethods($"{prefix}/checkpoint", Reading, (RequestDelegate)(c => ReadAsync(c, store, ITileStore.CheckpointPath)));
        routes.MapMethods($"{prefix}/tile/{{**path}}", Reading, (RequestDelegate)(c => ReadAsync(c, store, $"tile/{c.Request.RouteValues["path"]}")));
    }

    private static async Task ReadAsync(HttpContext context, FileTileStore store, string path)
    {
        var isCheckpoint = path == ITileStore.CheckpointPath;
        var content = await store.ReadAsync(path, context.RequestAborted) ?? throw ApiError.NotFound("there is no such tile");
        context.Response.Headers.CacheControl = isCheckpoint ? "no-cache" : Immutable;
        await JsonAnswer.WriteAsync(context, content, isCheckpoint ? "text/plain; charset=utf-8" : "application/octet-stream");
    }
}
