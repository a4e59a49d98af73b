using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary><c>tenant.created</c>: there is a new tenant, of this name and visibility.</summary>
internal sealed class TenantCreated() : EntryKind(KindName)
{
    public const string KindName = "tenant.created";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var id = json.GetProperty("id").GetString()!;
        changes.Create(RecordType.Tenant, TrackId.Parse(id), TenantContent.Word(TenantStatus.Active))
            .Key(UniqueKeyOf(json.GetProperty("name").GetString()!), TrackId.Parse(id).ToBytes())
            .EntryTerm("audit", id);
    }

    /// <summary>How a tenant is found by its name.</summary>
    public static string UniqueKeyOf(string name) => $"tenant/{name}";
}
