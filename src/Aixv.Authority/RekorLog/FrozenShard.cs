using System.Net;
using Aixv.Authority.Hosting;
using Aixv.Transparency.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.RekorLog;

/// <summary>A shard from before a rotation: it is read under <c>/shards/&lt;number&gt;</c> and takes no entries.</summary>
internal static class FrozenShard
{
    public static void Map(IEndpointRouteBuilder routes, int number, FileTileStore store)
    {
        LogFiles.Map(routes, $"/shards/{number}/api/v2", store);
        routes.MapPost($"/shards/{number}/api/v2/log/entries", (RequestDelegate)Refuse);
    }

    private static Task Refuse(HttpContext context)
    {
        context.Response.Headers.Allow = "GET, HEAD";
        throw new ApiError(HttpStatusCode.MethodNotAllowed, GrpcCode.Unimplemented, "this log is frozen: it takes no entries any more");
    }
}
