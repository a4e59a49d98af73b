using Aixv.Authority.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Authority.Repository;

/// <summary>The TUF repository under <c>/tuf/</c>.</summary>
internal sealed class TufEndpoints(TufRepository repository)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapMethods("/tuf/{**path}", ["GET", "HEAD"], (RequestDelegate)ReadAsync);

    private Task ReadAsync(HttpContext context)
    {
        var path = context.Request.RouteValues["path"] as string ?? "";
        if (path == "root.json")
        {
            path = "1.root.json";
        }

        if (repository.Find(path) is not { } file)
        {
            throw ApiError.NotFound("there is no such file in the repository");
        }

        context.Response.Headers.CacheControl = path == "timestamp.json" ? "no-cache" : "max-age=300";
        return JsonAnswer.WriteAsync(context, file, "application/json");
    }
}
