using System.Net;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Keys;

namespace Aixv.Track.Tenants;

/// <summary><c>/v1/tenants</c>: for who runs the server. <c>/v1/tenant</c>: for a tenant itself.</summary>
/// <param name="tenants">The tenants.</param>
/// <param name="keys">Their keys.</param>
/// <param name="requestsPerMinute">The limit of new tenants, where none is given.</param>
internal sealed class TenantRoutes(TenantDirectory tenants, KeyRoutes keys, int requestsPerMinute)
{
    public void Map(ApiRoutes routes) => routes
        .Get("/v1/tenants", Scope.Operator, ListAsync)
        .Post("/v1/tenants", Scope.Operator, CreateAsync)
        .Get("/v1/tenants/{id}", Scope.Operator, async call => await AnswerAsync(call, await ResolveAsync(call)))
        .Patch("/v1/tenants/{id}", Scope.Operator, UpdateAsync)
        .Get("/v1/tenants/{id}/api-keys", Scope.Operator, async call => await keys.ListAsync(call, await ResolveAsync(call)))
        .PostForSecret("/v1/tenants/{id}/api-keys", Scope.Operator, async call => await keys.CreateAsync(call, await ResolveAsync(call)))
        .Post("/v1/tenants/{id}/api-keys/{key}/revoke", Scope.Operator, async call => await keys.RevokeAsync(call, await ResolveAsync(call), call.RouteId("key")))
        .Get("/v1/tenant", Scope.AuditRead, call => AnswerAsync(call, call.Session.Tenant));

    private ValueTask<Tenant> ResolveAsync(ApiCall call) => tenants.ResolveAsync(call.Route("id"), call.Cancelled);

    private async Task ListAsync(ApiCall call)
    {
        var (limit, offset) = (call.QueryNumber("limit", 20, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var (items, total) = await tenants.ListAsync(limit, offset, call.Cancelled);
        await call.AnswerAsync(json =>
        {
            foreach (var name in (ReadOnlySpan<string>)["tenants", "items"])
            {
                json.WriteStartArray(name);
                foreach (var tenant in items)
                {
                    json.WriteStartObject();
                    Write(json, tenant);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteNumber("total", total);
            json.WriteNumber("limit", limit);
            json.WriteNumber("offset", offset);
        });
    }

    private async Task CreateAsync(ApiCall call)
    {
        using var body = await call.ReadJsonAsync();
        var request = body.RootElement;
        var name = JsonInput.Text(request, "name") ?? throw ApiError.InvalidInput("name", "is missing");
        var visibility = JsonInput.Text(request, "visibility") switch
        {
            null or "private" => Visibility.Private,
            "public" => Visibility.Public,
            _ => throw ApiError.InvalidInput("visibility", "expected private or public"),
        };
        var tenant = await tenants.CreateAsync(call.Session.Caller, name, visibility, Limits(request, new TenantLimits(requestsPerMinute, 0)), call.Cancelled);
        await AnswerAsync(call, tenant, HttpStatusCode.Created);
    }

    private async Task UpdateAsync(ApiCall call)
    {
        using var body = await call.ReadJsonAsync();
        var request = body.RootElement;
        TenantStatus? status = JsonInput.Text(request, "status") switch
        {
            null => null,
            "active" => TenantStatus.Active,
            "suspended" => TenantStatus.Suspended,
            _ => throw ApiError.InvalidInput("status", "expected active or suspended"),
        };
        var tenant = await ResolveAsync(call);
        await AnswerAsync(call, await tenants.UpdateAsync(call.Session.Caller, tenant.Id, status, Limits(request, tenant.Limits), call.Cancelled));
    }

    private static TenantLimits Limits(JsonElement request, TenantLimits present) => new(
        (int)(JsonInput.Number(request, "requests_per_minute", 0, int.MaxValue) ?? present.RequestsPerMinute),
        JsonInput.Number(request, "entries_per_day", 0, long.MaxValue) ?? present.EntriesPerDay);

    private static Task AnswerAsync(ApiCall call, Tenant tenant, HttpStatusCode status = HttpStatusCode.OK) =>
        call.AnswerAsync(json => Write(json, tenant), status);

    private static void Write(Utf8JsonWriter json, Tenant tenant)
    {
        json.WriteString("id", tenant.Id.ToString());
        json.WriteString("name", tenant.Name);
        json.WriteString("visibility", TenantContent.Word(tenant.Visibility));
        json.WriteString("status", TenantContent.Word(tenant.Status));
        json.WriteNumber("requests_per_minute", tenant.Limits.RequestsPerMinute);
        json.WriteNumber("entries_per_day", tenant.Limits.EntriesPerDay);
        json.WriteString("created_at", Rfc3339.Format(tenant.CreatedAt));
    }
}
