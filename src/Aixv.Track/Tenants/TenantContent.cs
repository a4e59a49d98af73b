using System.Text.Json;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;

namespace Aixv.Track.Tenants;

/// <summary>A tenant as the content of entries.</summary>
internal static class TenantContent
{
    public static string Word(TenantStatus status) => status switch
    {
        TenantStatus.Active => "active",
        TenantStatus.Suspended => "suspended",
    };

    public static string Word(Visibility visibility) => visibility switch
    {
        Visibility.Private => "private",
        Visibility.Public => "public",
    };

    public static ReadOnlyMemory<byte> Build(Tenant tenant) => JsonAnswer.Build(json =>
    {
        json.WriteString("id", tenant.Id.ToString());
        json.WriteString("name", tenant.Name);
        json.WriteString("visibility", Word(tenant.Visibility));
        json.WriteString("status", Word(tenant.Status));
        json.WriteNumber("requests_per_minute", tenant.Limits.RequestsPerMinute);
        json.WriteNumber("entries_per_day", tenant.Limits.EntriesPerDay);
    });

    public static Tenant Read(StoredRecord record)
    {
        using var document = JsonDocument.Parse(record.Content);
        var json = document.RootElement;
        return new Tenant(
            record.Id,
            json.GetProperty("name").GetString()!,
            json.GetProperty("visibility").GetString() == Word(Visibility.Public) ? Visibility.Public : Visibility.Private,
            record.Status == Word(TenantStatus.Suspended) ? TenantStatus.Suspended : TenantStatus.Active,
            new TenantLimits(json.GetProperty("requests_per_minute").GetInt32(), json.GetProperty("entries_per_day").GetInt64()),
            Realm.OfTenant(record.Index),
            record.Created);
    }
}
