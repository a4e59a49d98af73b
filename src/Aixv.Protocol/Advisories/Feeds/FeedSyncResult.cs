using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>What came of a synchronisation. The good entries stay imported whatever the others are.</summary>
/// <param name="Feed">Where it was.</param>
/// <param name="Snapshot">The verified snapshot, or null where the feed has none.</param>
/// <param name="Entries">One by one, in the feed's order.</param>
public sealed record FeedSyncResult(string Feed, FeedSnapshot? Snapshot, ImmutableArray<FeedEntryResult> Entries)
{
    public int ImportedCount => Entries.Count(e => e.Status == FeedEntryStatus.Imported);

    public int RejectedCount => Entries.Count(e => e.Status == FeedEntryStatus.Rejected);

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = RejectedCount == 0,
            ["feed"] = Feed,
            ["entry_count"] = Entries.Length,
            ["imported_count"] = ImportedCount,
            ["rejected_count"] = RejectedCount,
            ["results"] = new JsonArray([.. Entries.Select(e => e.ToJson())]),
        };
        json.AddIfAny("snapshot", Snapshot?.ToJson());
        return json;
    }
}

/// <summary>What came of one entry.</summary>
/// <param name="Index">From 0.</param>
/// <param name="AdvisoryId">Null where the entry could not be read as far.</param>
/// <param name="RecordPath">Where it was stored.</param>
/// <param name="Error">Why it was rejected.</param>
public sealed record FeedEntryResult(int Index, FeedEntryStatus Status, string? AdvisoryId, string? RecordPath, string? Error)
{
    public JsonObject ToJson() => new()
    {
        ["index"] = Index,
        ["ok"] = Status != FeedEntryStatus.Rejected,
        ["status"] = Words.Of(Status),
        ["advisory_id"] = AdvisoryId,
        ["record_path"] = RecordPath,
        ["error"] = Error,
    };
}

/// <summary>What became of an entry.</summary>
public enum FeedEntryStatus
{
    Imported = 1,

    /// <summary>It was there already, byte for byte.</summary>
    Unchanged,
    Rejected,
}
