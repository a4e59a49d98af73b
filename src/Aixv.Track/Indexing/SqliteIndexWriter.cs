using Aixv.Track.Blobs;
using Aixv.Track.Importing;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Indexing;

/// <summary>Writes the index in SQLite, entry by entry, within a transaction of the caller's.</summary>
internal sealed class SqliteIndexWriter : IDisposable
{
    private readonly SqlSession session;
    private readonly Dictionary<TrackId, Realm> realms = [];
    private readonly Dictionary<(Realm Realm, long Day), long> written = [];
    private readonly SqliteStatement findKey;
    private readonly SqliteStatement findRecord;
    private readonly SqliteStatement addEntry;
    private readonly SqliteStatement addRecord;
    private readonly SqliteStatement addKey;
    private readonly SqliteStatement addTerm;
    private readonly SqliteStatement addEdge;
    private readonly SqliteDescribedWriter described;

    /// <param name="session">The connection that writes.</param>
    public SqliteIndexWriter(SqlSession session)
    {
        this.session = session;
        findKey = Prepare("SELECT seq,fingerprint FROM unique_keys WHERE realm=?1 AND name=?2");
        findRecord = Prepare("SELECT realm,is_public,type,status,seq FROM records WHERE id=?1");
        addEntry = Prepare("INSERT OR IGNORE INTO entries VALUES(?1,?2,?3,?4,?5,?6,?7)");
        addRecord = Prepare("INSERT OR IGNORE INTO records VALUES(?1,?2,?3,?4,?5,?6,?7,?8)");
        addKey = Prepare("INSERT OR IGNORE INTO unique_keys VALUES(?1,?2,?3,?4)");
        addTerm = Prepare("INSERT OR IGNORE INTO terms VALUES(?1,?2,?3)");
        addEdge = Prepare("INSERT OR IGNORE INTO edges VALUES(?1,?2,?3,?4,?5)");
        described = new SqliteDescribedWriter((SqliteConnection)session.Connection);
    }

    private SqliteStatement Prepare(string sql) => new((SqliteConnection)session.Connection, sql);

    /// <summary>The number of entries that are indexed.</summary>
    public long Size() => (long)session.Command("SELECT coalesce(max(seq)+1,0) FROM entries").ExecuteScalar()!;

    /// <summary>Where the frame of the last indexed entry lies; null when there is none.</summary>
    public BlobLocation? LastPlace()
    {
        using var rows = session.Command("SELECT pack,start,length FROM entries ORDER BY seq DESC LIMIT 1").ExecuteReader();
        return rows.Read() ? new BlobLocation(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2)) : null;
    }

    /// <summary>The realm of a tenant.</summary>
    /// <exception cref="InvalidDataException">There is no such tenant.</exception>
    public Realm RealmOf(TrackId tenant)
    {
        if (tenant == Tenant.System.Id)
        {
            return Realm.System;
        }

        if (!realms.TryGetValue(tenant, out var realm))
        {
            realms[tenant] = realm = FindRecord(tenant) is { Type: RecordType.Tenant } found
                ? Realm.OfTenant(found.Index)
                : throw new InvalidDataException($"track: an entry is of the tenant {tenant}, which no entry before it makes");
        }

        return realm;
    }

    /// <summary>Who has a unique key.</summary>
    public KeyOwner? FindKey(Realm realm, string key) =>
        findKey.Bind(1, realm.Number).Bind(2, SqlKey.Of(key)).First(row => new KeyOwner(row.Number(0), row.Bytes(1)));

    public RecordState? FindRecord(TrackId id) => findRecord.Bind(1, id.ToBytes()).First(
        row => new RecordState(new Realm(row.Number(0)), row.Number(1) != 0, (RecordType)row.Number(2), row.Text(3), row.Number(4)));

    /// <summary>Adds an entry. The same again changes nothing.</summary>
    public void Add(IndexedEntry added)
    {
        var (entry, changes) = (added.Entry, added.Changes);
        var realm = RealmOf(entry.Tenant);
        var (place, isPublic) = (added.Location, added.IsPublic ? 1 : 0);
        addEntry.Bind(1, added.Index).Bind(2, entry.Id.ToBytes()).Bind(3, realm.Number).Bind(4, isPublic)
            .Bind(5, place.Pack).Bind(6, place.Offset).Bind(7, place.Length).Run();
        foreach (var key in changes.Keys)
        {
            addKey.Bind(1, realm.Number).Bind(2, SqlKey.Of(key.Key)).Bind(3, added.Index).Bind(4, key.Fingerprint.Span).Run();
        }

        if (changes.Created is { } made)
        {
            addRecord.Bind(1, added.Index).Bind(2, realm.Number).Bind(3, isPublic).Bind(4, (int)made.Type).Bind(5, made.Id.ToBytes())
                .Bind(6, made.Status).Bind(7, entry.Time.ToUnixTimeMilliseconds()).Bind(8, added.Index).Run();
        }

        var owner = changes.Replaced is { } record ? Replace(added.Index, realm, record) : added.Index;
        AddRows(added, realm, owner);
        if (added.IsPublic)
        {
            AddRows(added, Realm.Public, owner);
        }

        if (changes.Described.Count > 0)
        {
            described.Add(changes.Described.Select((d, i) => DescribedRow.Of(added.Index, i, realm, added.IsPublic, d.Source, d.Node)));
        }

        foreach (var change in changes.Statuses)
        {
            Run("UPDATE records SET status=@p2 WHERE id=@p1 AND realm=@p0", realm.Number, change.Record.ToBytes(), change.Status);
        }

        var day = (realm, (long)DateOnly.FromDateTime(entry.Time.UtcDateTime).DayNumber);
        written[day] = written.GetValueOrDefault(day) + 1;
    }

    /// <summary>What public tenants' entries have twice.</summary>
    private void AddRows(IndexedEntry added, Realm realm, long owner)
    {
        var changes = added.Changes;
        foreach (var term in changes.RemovedTerms)
        {
            Run("DELETE FROM terms WHERE realm=@p0 AND term=@p1 AND seq=@p2", realm.Number, term.ToString(), owner);
        }

        foreach (var term in changes.Terms)
        {
            addTerm.Bind(1, realm.Number).Bind(2, term.ToString()).Bind(3, owner).Run();
        }

        foreach (var term in changes.EntryTerms)
        {
            addTerm.Bind(1, realm.Number).Bind(2, term.ToString()).Bind(3, added.Index).Run();
        }

        foreach (var edge in changes.Edges)
        {
            addEdge.Bind(1, realm.Number).Bind(2, edge.Source.Bytes.Span).Bind(3, edge.Relation).Bind(4, edge.Target.Bytes.Span).Bind(5, added.Index).Run();
        }

        for (var i = 0; i < added.Attachments.Count; i++)
        {
            var place = added.Attachments[i];
            Run(
                "INSERT OR IGNORE INTO attachments VALUES(@p0,@p1,@p2,@p3,@p4)",
                realm.Number, added.Entry.Attachments[i].ToBytes(), place.Pack, place.Offset, place.Length);
        }
    }

    /// <summary>The log index under which the record is listed.</summary>
    private long Replace(long index, Realm realm, TrackId record)
    {
        if (FindRecord(record) is not { } found || found.Realm != realm)
        {
            return index;
        }

        Run("UPDATE records SET latest=@p0 WHERE seq=@p1", index, found.Index);
        return found.Index;
    }

    private void Run(string sql, params ReadOnlySpan<object> values) => session.Command(sql, values).ExecuteNonQuery();

    /// <summary>Adds the entries since the last call to the days' counters.</summary>
    public void CountDays()
    {
        foreach (var ((realm, day), count) in written)
        {
            Run(
                "INSERT INTO usage VALUES(@p0,@p1,@p2) ON CONFLICT(realm,day) DO UPDATE SET entries=entries+excluded.entries",
                realm.Number, day, count);
        }

        written.Clear();
    }

    /// <summary>Drops all rows.</summary>
    public void Clear()
    {
        foreach (var table in IndexSchema.Tables)
        {
            Run($"DELETE FROM {table}");
        }

        Forget();
    }

    /// <summary>Forgets what was remembered of a transaction that was not committed.</summary>
    public void Forget()
    {
        realms.Clear();
        written.Clear();
    }

    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<SqliteStatement>)[findKey, findRecord, addEntry, addRecord, addKey, addTerm, addEdge])
        {
            statement.Dispose();
        }

        described.Dispose();
    }
}
