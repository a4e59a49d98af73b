using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Track.Hosting;

/// <summary>One address of the API.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Pattern">The route's pattern.</param>
/// <param name="Access">Who may use it.</param>
internal sealed record RouteEndpointDescription(string Method, string Pattern, RouteAccess Access)
{
    public static IEnumerable<RouteEndpointDescription> Of(WebApplication app) =>
        from endpoint in ((IEndpointRouteBuilder)app).DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
        let access = endpoint.Metadata.GetMetadata<RouteAccess>()
        where access is not null
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
        where method != "HEAD"
        select new RouteEndpointDescription(method, endpoint.RoutePattern.RawText!, access);
}
