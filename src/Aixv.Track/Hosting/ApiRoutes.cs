using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aixv.Track.Hosting;

/// <summary>How features put routes into the API: each says which scope it needs, and gets a call whose caller has it.</summary>
/// <remarks>
/// Before a handler runs, the caller is known and allowed, its rate and quota are counted, and, where the method writes, a repeated
/// <c>Idempotency-Key</c> has been answered.
/// </remarks>
internal sealed class ApiRoutes(IEndpointRouteBuilder routes, ApiGate gate, TrackGuard guard)
{
    public ApiRoutes Get(string pattern, string scope, Func<ApiCall, Task> handler) => Map("GET", pattern, new RouteAccess(scope), handler);

    /// <param name="pattern">The route's pattern.</param>
    /// <param name="scope">The scope that a caller needs.</param>
    /// <param name="handler">Answers.</param>
    /// <param name="maximumBody">The longest body that is read.</param>
    public ApiRoutes Post(string pattern, string scope, Func<ApiCall, Task> handler, int maximumBody = ApiCall.DefaultMaximumBody) =>
        Map("POST", pattern, new RouteAccess(scope, maximumBody), handler);

    /// <summary>A route whose answers hold a secret, and so are never kept.</summary>
    public ApiRoutes PostForSecret(string pattern, string scope, Func<ApiCall, Task> handler) =>
        Map("POST", pattern, new RouteAccess(scope, KeepsAnswers: false), handler);

    public ApiRoutes Put(string pattern, string scope, Func<ApiCall, Task> handler) => Map("PUT", pattern, new RouteAccess(scope), handler);

    public ApiRoutes Patch(string pattern, string scope, Func<ApiCall, Task> handler) => Map("PATCH", pattern, new RouteAccess(scope), handler);

    public ApiRoutes Delete(string pattern, string scope, Func<ApiCall, Task> handler) => Map("DELETE", pattern, new RouteAccess(scope), handler);

    /// <summary>A route that is open to all; a caller that names itself is known, and refused if its key is not good.</summary>
    public ApiRoutes Open(string method, string pattern, Func<ApiCall, Task> handler, int maximumBody = ApiCall.DefaultMaximumBody) =>
        Map(method, pattern, new RouteAccess(null, maximumBody), handler);

    private ApiRoutes Map(string method, string pattern, RouteAccess access, Func<ApiCall, Task> handler)
    {
        string[] methods = method == "GET" ? ["GET", "HEAD"] : [method];
        RequestDelegate run = context => guard.InvokeAsync(context, () => gate.InvokeAsync(context, access, handler));

        // Nothing of what else the application holds stands between: its limits and its form of errors are not ours.
        routes.MapMethods(pattern, methods, run).WithMetadata(access).ShortCircuit();
        return this;
    }
}
