using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Keys;

/// <summary><c>key.created</c>: a tenant has a new API key.</summary>
internal sealed class KeyCreated() : EntryKind(KindName)
{
    public const string KindName = "key.created";

    public override bool IsPrivate => true;

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var hash = json.GetProperty("hash").GetString()!;
        changes.Create(RecordType.ApiKey, TrackId.Parse(json.GetProperty("id").GetString()!), ApiKey.ActiveStatus)
            .Key(UniqueKeyOf(hash), Convert.FromHexString(hash))
            .Term("tenant", json.GetProperty("tenant").GetString()!)
            .EntryTerm("audit", json.GetProperty("tenant").GetString()!);
    }

    /// <summary>How a key is found by its hash.</summary>
    public static string UniqueKeyOf(string hash) => $"key/{hash}";
}
