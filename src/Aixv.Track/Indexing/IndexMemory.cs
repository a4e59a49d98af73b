using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>What the only process that writes an index remembers of it: records until an entry changes them, and how often something changed.</summary>
/// <remarks>The writer calls <see cref="Changed"/> after the index has an entry and before anybody is told of it, so nobody who was told reads what was before.</remarks>
internal sealed class IndexMemory
{
    private const long RecordBytes = 64L * 1024 * 1024;
    private const int RowBytes = 1024;
    private readonly RecentCache<TrackId, StoredRecord> records = new(RecordBytes);
    private readonly ConcurrentDictionary<long, long> versions = new();
    private long total;
    private long cleared;
    private long size;

    /// <summary>The number of entries that whoever reads the index finds in it.</summary>
    public long Size => Volatile.Read(ref size);

    /// <summary>Tells what entries have changed.</summary>
    /// <param name="newSize">The number of entries with them.</param>
    public void Changed(IReadOnlyList<PendingEntry> entries, long newSize)
    {
        var touched = new HashSet<TrackId>();
        var realms = new HashSet<Realm>();
        foreach (var entry in entries)
        {
            foreach (var change in entry.Changes.Statuses)
            {
                touched.Add(change.Record);
            }

            if (entry.Changes.Replaced is { } replaced)
            {
                touched.Add(replaced);
            }

            realms.Add(entry.Tenant.Realm);
            if (entry.IsPublic)
            {
                realms.Add(Realm.Public);
            }
        }

        if (touched.Count > 0)
        {
            records.Remove(touched);
        }

        // The versions last: what is kept under a new one must not be made from what was before.
        foreach (var realm in realms)
        {
            Grow(realm);
        }

        Volatile.Write(ref size, newSize);
        Interlocked.Increment(ref total);
    }

    private void Grow(Realm realm) => versions.AddOrUpdate(realm.Number, 1, static (_, version) => version + 1);

    /// <summary>Everything may have changed.</summary>
    public void Clear(long newSize)
    {
        records.Clear();
        Volatile.Write(ref size, newSize);
        Interlocked.Increment(ref cleared);
        Interlocked.Increment(ref total);
    }

    /// <summary>A number that grows whenever something changes that these realms see.</summary>
    public long VersionOf(Realms realms) =>
        realms.IsEverything ? Volatile.Read(ref total)
        : realms.AndPublic && realms.Own != Realm.Public ? VersionOf(realms.Own) + VersionOf(Realm.Public)
        : VersionOf(realms.Own);

    /// <remarks>Numbers that only grow, and so do their sums.</remarks>
    private long VersionOf(Realm realm) => versions.GetValueOrDefault(realm.Number) + Volatile.Read(ref cleared);

    /// <summary>A record that is kept and that these realms see for certain: whether others see it is not known of what is kept.</summary>
    public bool TryGet(Realms realms, TrackId id, [NotNullWhen(true)] out StoredRecord? record) =>
        records.TryGet(id, out record) && (realms.IsEverything || record.Realm == realms.Own);

    /// <summary>Read this before reading a record that is to be kept.</summary>
    public long Epoch => records.Epoch;

    /// <summary>Keeps a record, unless something changed since <paramref name="epoch"/>.</summary>
    public void Keep(StoredRecord record, long epoch) =>
        records.Add(record.Id, record, RowBytes + record.Entry.Statement.Length + record.Content.Length, epoch);
}
