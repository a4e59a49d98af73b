using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Webhooks;

/// <summary><c>webhook.changed</c>: another address, other events, disabled or deleted.</summary>
internal sealed class WebhookChanged() : EntryKind(KindName)
{
    public const string KindName = "webhook.changed";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var id = TrackId.Parse(document.RootElement.GetProperty("id").GetString()!);
        changes.Require(RecordType.Webhook, id, WebhookStatus.Active, WebhookStatus.Disabled)
            .Replace(id)
            .SetStatus(id, document.RootElement.GetProperty("status").GetString()!)
            .EntryTerm("audit", entry.Tenant.ToString());
    }
}
