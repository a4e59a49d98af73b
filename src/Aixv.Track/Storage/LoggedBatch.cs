using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary>Entries that are in the log and not in the index yet, with what the next ones are judged by until they are.</summary>
internal sealed class LoggedBatch(IReadOnlyList<IndexedEntry> entries, BatchCheck check, Func<PendingEntry, long> indexOf)
{
    private int next;
    private int remaining = entries.Sum(WeightOf);

    /// <summary>How much is still to be indexed: entries, and nodes that they describe.</summary>
    public int Remaining => remaining;

    /// <summary>The next one to index; it counts as indexed from then on.</summary>
    /// <param name="weight">How much that is.</param>
    public IndexedEntry Take(out int weight)
    {
        var entry = entries[next++];
        weight = WeightOf(entry);
        remaining -= weight;
        return entry;
    }

    private static int WeightOf(IndexedEntry entry) => 1 + entry.Changes.Described.Count;

    /// <summary>Who of these has a unique key.</summary>
    public KeyOwner? FindKey(Realm realm, string key) =>
        check.FindKey(realm, key) is { } found ? new KeyOwner(indexOf(found.By), found.Fingerprint.ToArray()) : null;

    /// <summary>What a record is after these, if they change it.</summary>
    public RecordState? FindRecord(TrackId id) => check.FindRecord(id);
}
