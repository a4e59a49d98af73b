using Aixv.Track.Blobs;
using Aixv.Track.Importing;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>The rows that a batch of entries makes in the index, as columns: what PostgreSQL takes in one statement for each table.</summary>
internal sealed class IndexBatch
{
    private readonly Dictionary<TrackId, int> created = [];
    private readonly Dictionary<(long Realm, string Term, long Index), bool> terms = [];
    private readonly Dictionary<(long Realm, long Day), long> days = [];
    private readonly Dictionary<TrackId, string> statuses = [];
    private readonly Dictionary<TrackId, long> latest = [];
    private readonly Func<TrackId, RecordState?> records;

    /// <param name="records">What a record was before the batch.</param>
    public IndexBatch(Func<TrackId, RecordState?> records) => this.records = records;

    public List<(long Index, byte[] Id, long Realm, int IsPublic, BlobLocation Place)> Entries { get; } = [];

    public List<(long Index, long Realm, int IsPublic, int Type, byte[] Id, string Status, long Created, long Latest)> Records { get; } = [];

    public List<(long Realm, byte[] Name, long Index, byte[] Fingerprint)> Keys { get; } = [];

    public List<(long Realm, byte[] Source, string Relation, byte[] Target, long Index)> Edges { get; } = [];

    public List<(long Realm, byte[] Digest, BlobLocation Place)> Attachments { get; } = [];

    /// <summary>Nodes that are described, in the log's order; the same may be there several times.</summary>
    public List<DescribedRow> Described { get; } = [];

    public IEnumerable<(long Realm, string Term, long Index)> AddedTerms => terms.Where(t => t.Value).Select(t => t.Key);

    public IEnumerable<(long Realm, string Term, long Index)> RemovedTerms => terms.Where(t => !t.Value).Select(t => t.Key);

    public IReadOnlyDictionary<(long Realm, long Day), long> Days => days;

    /// <summary>The last new status of records that were there before.</summary>
    public IReadOnlyDictionary<TrackId, string> Statuses => statuses;

    /// <summary>The last replacing entry of records that were there before.</summary>
    public IReadOnlyDictionary<TrackId, long> Latest => latest;

    /// <summary>Adds the next entry, in the log's order.</summary>
    public void Add(IndexedEntry added, Realm realm)
    {
        var (entry, changes, isPublic) = (added.Entry, added.Changes, added.IsPublic ? 1 : 0);
        Entries.Add((added.Index, entry.Id.ToBytes(), realm.Number, isPublic, added.Location));
        foreach (var key in changes.Keys)
        {
            Keys.Add((realm.Number, SqlKey.Of(key.Key), added.Index, key.Fingerprint.ToArray()));
        }

        if (changes.Created is { } made)
        {
            created[made.Id] = Records.Count;
            Records.Add((added.Index, realm.Number, isPublic, (int)made.Type, made.Id.ToBytes(), made.Status, entry.Time.ToUnixTimeMilliseconds(), added.Index));
        }

        var owner = changes.Replaced is { } replaced ? Replace(replaced, realm, added.Index) : added.Index;
        AddRows(added, realm, owner);
        if (added.IsPublic)
        {
            AddRows(added, Realm.Public, owner);
        }

        for (var i = 0; i < changes.Described.Count; i++)
        {
            Described.Add(DescribedRow.Of(added.Index, i, realm, added.IsPublic, changes.Described[i].Source, changes.Described[i].Node));
        }

        foreach (var change in changes.Statuses)
        {
            SetStatus(change, realm);
        }

        var day = (realm.Number, (long)DateOnly.FromDateTime(entry.Time.UtcDateTime).DayNumber);
        days[day] = days.GetValueOrDefault(day) + 1;
    }

    private void AddRows(IndexedEntry added, Realm realm, long owner)
    {
        foreach (var term in added.Changes.RemovedTerms)
        {
            terms[(realm.Number, term.ToString(), owner)] = false;
        }

        foreach (var term in added.Changes.Terms)
        {
            terms[(realm.Number, term.ToString(), owner)] = true;
        }

        foreach (var term in added.Changes.EntryTerms)
        {
            terms[(realm.Number, term.ToString(), added.Index)] = true;
        }

        foreach (var edge in added.Changes.Edges)
        {
            Edges.Add((realm.Number, edge.Source.Bytes.ToArray(), edge.Relation, edge.Target.Bytes.ToArray(), added.Index));
        }

        for (var i = 0; i < added.Attachments.Count; i++)
        {
            Attachments.Add((realm.Number, added.Entry.Attachments[i].ToBytes(), added.Attachments[i]));
        }
    }

    /// <summary>The log index under which the record is listed.</summary>
    private long Replace(TrackId record, Realm realm, long index)
    {
        if (created.TryGetValue(record, out var row) && Records[row].Realm == realm.Number)
        {
            Records[row] = Records[row] with { Latest = index };
            return Records[row].Index;
        }

        if (records(record) is not { } found || found.Realm != realm)
        {
            return index;
        }

        latest[record] = index;
        return found.Index;
    }

    private void SetStatus(StatusChange change, Realm realm)
    {
        if (created.TryGetValue(change.Record, out var row))
        {
            Records[row] = Records[row].Realm == realm.Number ? Records[row] with { Status = change.Status } : Records[row];
        }
        else if (records(change.Record) is { } found && found.Realm == realm)
        {
            statuses[change.Record] = change.Status;
        }
    }
}
