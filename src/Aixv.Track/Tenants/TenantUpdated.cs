using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Tenants;

/// <summary><c>tenant.updated</c>: a tenant's limits or status are others now. Name and visibility never change.</summary>
internal sealed class TenantUpdated() : EntryKind(KindName)
{
    public const string KindName = "tenant.updated";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var id = TrackId.Parse(json.GetProperty("id").GetString()!);
        changes.Require(RecordType.Tenant, id)
            .Replace(id)
            .SetStatus(id, json.GetProperty("status").GetString()!)
            .EntryTerm("audit", id.ToString());
    }
}
