using System.Globalization;
using System.Text.Json;
using Aixv.Sigstore.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Tenants;

namespace Aixv.Track.Log;

/// <summary><c>GET /v1/audit/events</c>: who administered what, newest first. Each event is an entry of the log, named by its index.</summary>
internal static class AuditRoutes
{
    public static void Map(ApiRoutes routes) => routes.Get("/v1/audit/events", Scope.AuditRead, ListAsync);

    private static async Task ListAsync(ApiCall call)
    {
        var limit = call.QueryNumber("limit", 50, 1, 100);
        var before = call.Query("cursor") switch
        {
            null => default(long?),
            var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) => number,
            _ => throw ApiError.InvalidInput("cursor", "expected what the page before said as next_cursor"),
        };

        // What concerns the tenant is in its own data (marked) or among the system's entries; each knows the tenant by the same term.
        var term = new IndexTerm("audit", call.Session.Tenant.Id.ToString());
        var own = await call.Session.View.ListEntriesAsync(term, before, limit + 1, call.Cancelled);
        var ofSystem = await TenantView.Of(call.Registry.Store, Tenant.System).ListEntriesAsync(term, before, limit + 1, call.Cancelled);
        var events = own.Concat(ofSystem).DistinctBy(e => e.Index).OrderByDescending(e => e.Index).Take(limit + 1).ToList();
        await call.AnswerAsync(json =>
        {
            foreach (var name in (ReadOnlySpan<string>)["events", "items"])
            {
                json.WriteStartArray(name);
                foreach (var entry in events.Take(limit))
                {
                    Write(json, entry);
                }

                json.WriteEndArray();
            }

            if (events.Count > limit)
            {
                json.WriteString("next_cursor", events[limit - 1].Index.ToString(CultureInfo.InvariantCulture));
            }
            else
            {
                json.WriteNull("next_cursor");
            }
        });
    }

    private static void Write(Utf8JsonWriter json, StoredEntry stored)
    {
        json.WriteStartObject();
        json.WriteString("id", stored.Entry.Id.ToString());
        json.WriteString("action", stored.Entry.Kind);
        json.WriteString("actor", stored.Entry.Actor);
        json.WriteString("created_at", Rfc3339.Format(stored.Entry.Time));
        json.WriteNumber("log_index", stored.Index);
        json.WritePropertyName("details");
        json.WriteRawValue(stored.Entry.Content.Span);
        json.WriteEndObject();
    }
}
