using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Attesting;

/// <summary><c>record.status-changed</c>: something attested is revoked or superseded.</summary>
internal sealed class RecordStatusChanged() : EntryKind(KindName)
{
    public const string KindName = "record.status-changed";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var id = TrackId.Parse(json.GetProperty("id").GetString()!);
        var type = RecordWords.Parse(json.GetProperty("type").GetString()!);
        var status = json.GetProperty("status").GetString()!;
        changes.Require(type, id, status == RecordStatus.Revoked ? [RecordStatus.Attested, RecordStatus.Superseded] : [RecordStatus.Attested])
            .SetStatus(id, status)
            .EntryTerm("status-of", id.ToString());
        if (json.TryGetProperty("by", out var by))
        {
            changes.Require(type, TrackId.Parse(by.GetString()!), RecordStatus.Attested, RecordStatus.Superseded);
        }
    }
}
