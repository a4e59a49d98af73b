using System.Net;
using Aixv.Track.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;

namespace Aixv.Track.Hosting;

/// <summary>Answers for addresses under <c>/v1</c> that are none, and for methods that an address does not know.</summary>
internal static class UnknownRoutes
{
    public static void Map(WebApplication app, TrackGuard guard, PageAnswer pages)
    {
        var routes = (IEndpointRouteBuilder)app;
        RequestDelegate run = context => guard.InvokeAsync(context, () => throw Refusal(context, routes));
        app.Map("/v1/{**rest}", run).ShortCircuit();
        app.MapFallback("/{**rest}", context => guard.InvokeAsync(context, () => Refusal(context, routes) is var refusal && refusal.Status == HttpStatusCode.NotFound && IsBrowser(context.Request)
            ? pages.SendMissingAsync(context)
            : throw refusal)).ShortCircuit();
    }

    private static ApiError Refusal(HttpContext context, IEndpointRouteBuilder routes)
    {
        var methods = routes.DataSources.SelectMany(d => d.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<RouteAccess>() is not null && IsAt(e, context.Request.Path))
            .SelectMany(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (methods.Length == 0)
        {
            return ApiError.NotFound("there is nothing at this address");
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return new ApiError(HttpStatusCode.MethodNotAllowed, "METHOD_NOT_ALLOWED", $"this address knows {string.Join(", ", methods)}");
    }

    /// <summary>Whether somebody wants to read, rather than a program.</summary>
    private static bool IsBrowser(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);
}
