using System.Net;
using Aixv.Track.Keys;
using Aixv.Track.Tenants;
using Microsoft.AspNetCore.Http;

namespace Aixv.Track.Hosting;

/// <summary>What stands before every handler: who calls, whether it may, how often, and whether it asked before.</summary>
internal sealed class ApiGate(Registry registry, Authenticator authenticator, TenantRates rates, AddressRates addresses, RequestRepeats repeats)
{
    private const string TenantHeader = "X-Tenant-ID";

    public async Task InvokeAsync(HttpContext context, RouteAccess access, Func<ApiCall, Task> handler)
    {
        var caller = await IdentifyAsync(context);
        if (caller is null)
        {
            addresses.Count(context);
            if (access.Scope is not null)
            {
                throw ApiError.Unauthorized("an API key or a token is needed (X-API-Key, or Authorization)");
            }

            await handler(new ApiCall(context, registry, access, null));
            return;
        }

        Admit(context, access, caller);
        rates.Count(context, caller.Tenant);
        if (access.Writes)
        {
            await rates.RequireQuotaAsync(caller.Tenant, context.RequestAborted);
        }

        var session = registry.Open(caller);
        await repeats.RunAsync(context, access, session, () => handler(new ApiCall(context, registry, access, session)));
    }

    /// <summary>Who tries keys that are not good is limited like those who have none.</summary>
    private async ValueTask<Caller?> IdentifyAsync(HttpContext context)
    {
        try
        {
            return await authenticator.IdentifyAsync(context.Request.Headers, context.RequestAborted);
        }
        catch (ApiError e) when (e.Status == HttpStatusCode.Unauthorized)
        {
            addresses.Count(context);
            throw;
        }
    }

    private static void Admit(HttpContext context, RouteAccess access, Caller caller)
    {
        if (context.Request.Headers[TenantHeader] is [{ Length: > 0 } named] && !Names(named, caller.Tenant))
        {
            throw ApiError.Forbidden($"{TenantHeader} names another tenant than the one that the key is of");
        }

        if (caller.Tenant.Status == TenantStatus.Suspended)
        {
            throw ApiError.Forbidden("the tenant is suspended");
        }

        if (access.Scope is { } scope && !caller.May(scope))
        {
            throw ApiError.Forbidden($"the key lacks the scope {scope}");
        }
    }

    private static bool Names(string text, Tenant tenant) =>
        text == tenant.Name || (Storage.TrackId.TryParse(text, out var id) && id == tenant.Id);
}
