using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Keys;

/// <summary><c>key.revoked</c>: an API key is no longer good, for ever.</summary>
internal sealed class KeyRevoked() : EntryKind(KindName)
{
    public const string KindName = "key.revoked";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var key = TrackId.Parse(json.GetProperty("id").GetString()!);
        changes.Require(RecordType.ApiKey, key, ApiKey.ActiveStatus)
            .SetStatus(key, ApiKey.RevokedStatus)
            .EntryTerm("audit", json.GetProperty("tenant").GetString()!);
    }
}
