using System.Net;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Keys;

/// <summary><c>/v1/api-keys</c>: a tenant's own keys.</summary>
internal sealed class KeyRoutes(ApiKeys keys, KeyUses uses)
{
    public void Map(ApiRoutes routes) => routes
        .Get("/v1/api-keys", Scope.KeysRead, call => ListAsync(call, call.Session.Tenant))
        .PostForSecret("/v1/api-keys", Scope.KeysWrite, call => CreateAsync(call, call.Session.Tenant))
        .Get("/v1/api-keys/{id}", Scope.KeysRead, FindAsync)
        .Post("/v1/api-keys/{id}/revoke", Scope.KeysWrite, call => RevokeAsync(call, call.Session.Tenant, call.RouteId("id")))
        .Delete("/v1/api-keys/{id}", Scope.KeysWrite, call => RevokeAsync(call, call.Session.Tenant, call.RouteId("id")));

    /// <summary>Lists a tenant's keys.</summary>
    public async Task ListAsync(ApiCall call, Tenant tenant)
    {
        var (limit, offset) = (call.QueryNumber("limit", 20, 1, 100), call.QueryNumber("offset", 0, 0, int.MaxValue));
        var (items, total) = await keys.ListAsync(tenant.Id, limit, offset, call.Cancelled);
        var used = new List<DateTimeOffset?>();
        foreach (var key in items)
        {
            used.Add(await uses.FindAsync(key.Id, call.Cancelled));
        }

        await call.AnswerAsync(json =>
        {
            foreach (var name in (ReadOnlySpan<string>)["api_keys", "items"])
            {
                json.WriteStartArray(name);
                for (var i = 0; i < items.Count; i++)
                {
                    json.WriteStartObject();
                    Write(json, items[i], used[i]);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteNumber("total", total);
            json.WriteNumber("limit", limit);
            json.WriteNumber("offset", offset);
        });
    }

    private async Task FindAsync(ApiCall call)
    {
        var id = call.RouteId("id");
        var key = await keys.FindAsync(call.Session.Tenant.Id, id, call.Cancelled) ?? throw ApiError.NotFound($"there is no key {id}");
        var used = await uses.FindAsync(id, call.Cancelled);
        await call.AnswerAsync(json => Write(json, key, used));
    }

    /// <summary>Makes a key for a tenant: the caller's own, or any, where the caller runs the server.</summary>
    public async Task CreateAsync(ApiCall call, Tenant tenant)
    {
        using var body = await call.ReadJsonAsync();
        var request = body.RootElement;
        var scopes = JsonInput.Texts(request, "scopes", 64) ?? throw ApiError.InvalidInput("scopes", "is missing");
        var caller = call.Session.Caller;

        // A key gives no more than it has: only who may do everything may hand out everything.
        if (scopes.FirstOrDefault(s => !Scope.IsCoveredBy(caller.Scopes, s)) is { } beyond)
        {
            throw ApiError.Forbidden($"the key that asks lacks the scope {beyond} itself");
        }

        var (key, text) = await keys.CreateAsync(
            caller, tenant.Id, JsonInput.Text(request, "name") ?? "", scopes, JsonInput.Time(request, "expires_at"), call.Cancelled);
        call.Context.Response.Headers.CacheControl = "no-store";
        await call.AnswerAsync(
            json =>
            {
                Write(json, key, null);
                json.WriteString("key", text);
            },
            HttpStatusCode.Created);
    }

    /// <summary>Ends one of a tenant's keys.</summary>
    public async Task RevokeAsync(ApiCall call, Tenant tenant, TrackId id)
    {
        var key = await keys.RevokeAsync(call.Session.Caller, tenant.Id, id, call.Cancelled);
        await call.AnswerAsync(json => Write(json, key, null));
    }

    private static void Write(Utf8JsonWriter json, ApiKey key, DateTimeOffset? used)
    {
        json.WriteString("id", key.Id.ToString());
        json.WriteString("tenant_id", key.Tenant.ToString());
        json.WriteString("name", key.Name);
        json.WriteString("prefix", key.Shown);
        json.WriteStartArray("scopes");
        foreach (var scope in key.Scopes.Order(StringComparer.Ordinal))
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("status", key.IsRevoked ? ApiKey.RevokedStatus : ApiKey.ActiveStatus);
        json.WriteString("created_at", Rfc3339.Format(key.Created));
        WriteTime(json, "expires_at", key.Expires);
        WriteTime(json, "last_used_at", used);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } given)
        {
            json.WriteString(name, Rfc3339.Format(given));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
