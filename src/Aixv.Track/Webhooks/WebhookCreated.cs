using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary><c>webhook.created</c>: a tenant's own affair, like all of its administration.</summary>
internal sealed class WebhookCreated() : EntryKind(KindName)
{
    public const string KindName = "webhook.created";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        changes.Create(RecordType.Webhook, TrackId.Parse(document.RootElement.GetProperty("id").GetString()!), WebhookStatus.Active)
            .EntryTerm("audit", entry.Tenant.ToString());
    }
}
