using Aixv.Track.Blobs;
using Aixv.Track.Storage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Indexing;

/// <summary>Writes the index in SQLite, entry by entry, within a transaction of the caller's.</summary>
internal sealed class SqliteIndexWriter(SqlSession session)
{
    private readonly Dictionary<TrackId, Realm> realms = [];
    private readonly Dictionary<(Realm Realm, long Day), long> written = [];

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
    public (long Index, byte[] Fingerprint)? FindKey(Realm realm, string key)
    {
        using var rows = session.Command("SELECT seq,fingerprint FROM unique_keys WHERE realm=@p0 AND name=@p1", realm.Number, SqlKey.Of(key)).ExecuteReader();
        return rows.Read() ? (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)) : null;
    }

    public RecordState? FindRecord(TrackId id)
    {
        using var rows = session.Command("SELECT realm,is_public,type,status,seq FROM records WHERE id=@p0", id.ToBytes()).ExecuteReader();
        return rows.Read()
            ? new RecordState(new Realm(rows.GetInt64(0)), rows.GetInt32(1) != 0, (RecordType)rows.GetInt32(2), rows.GetString(3), rows.GetInt64(4))
            : null;
    }

    public BlobLocation? FindAttachment(Realm realm, byte[] digest)
    {
        using var rows = session.Command("SELECT pack,start,length FROM attachments WHERE realm=@p0 AND digest=@p1", realm.Number, digest).ExecuteReader();
        return rows.Read() ? new BlobLocation(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2)) : null;
    }

    /// <summary>Adds an entry. The same again changes nothing.</summary>
    public void Add(IndexedEntry added)
    {
        var (entry, changes) = (added.Entry, added.Changes);
        var realm = RealmOf(entry.Tenant);
        var place = added.Location;
        Run(
            "INSERT OR IGNORE INTO entries VALUES(@p0,@p1,@p2,@p3,@p4,@p5,@p6)",
            added.Index, entry.Id.ToBytes(), realm.Number, added.IsPublic ? 1 : 0, place.Pack, place.Offset, place.Length);
        foreach (var key in changes.Keys)
        {
            Run("INSERT OR IGNORE INTO unique_keys VALUES(@p0,@p1,@p2,@p3)", realm.Number, SqlKey.Of(key.Key), added.Index, key.Fingerprint.ToArray());
        }

        if (changes.Created is { } made)
        {
            Run(
                "INSERT OR IGNORE INTO records VALUES(@p0,@p1,@p2,@p3,@p4,@p5,@p6,@p7)",
                added.Index, realm.Number, added.IsPublic ? 1 : 0, (int)made.Type, made.Id.ToBytes(), made.Status, entry.Time.ToUnixTimeMilliseconds(), added.Index);
        }

        AddRows(added, realm);
        if (added.IsPublic)
        {
            AddRows(added, Realm.Public);
        }

        foreach (var change in changes.Statuses)
        {
            Run("UPDATE records SET status=@p2 WHERE id=@p1 AND realm=@p0", realm.Number, change.Record.ToBytes(), change.Status);
        }

        var day = (realm, (long)DateOnly.FromDateTime(entry.Time.UtcDateTime).DayNumber);
        written[day] = written.GetValueOrDefault(day) + 1;
    }

    /// <summary>What public tenants' entries have twice.</summary>
    private void AddRows(IndexedEntry added, Realm realm)
    {
        var changes = added.Changes;
        var owner = changes.Replaced is { } record ? Replace(added, RealmOf(added.Entry.Tenant), record) : added.Index;
        foreach (var term in changes.RemovedTerms)
        {
            Run("DELETE FROM terms WHERE realm=@p0 AND term=@p1 AND seq=@p2", realm.Number, term.ToString(), owner);
        }

        foreach (var term in changes.Terms)
        {
            Run("INSERT OR IGNORE INTO terms VALUES(@p0,@p1,@p2)", realm.Number, term.ToString(), owner);
        }

        foreach (var term in changes.EntryTerms)
        {
            Run("INSERT OR IGNORE INTO terms VALUES(@p0,@p1,@p2)", realm.Number, term.ToString(), added.Index);
        }

        foreach (var edge in changes.Edges)
        {
            Run(
                "INSERT OR IGNORE INTO edges VALUES(@p0,@p1,@p2,@p3,@p4)",
                realm.Number, edge.Source.Bytes.ToArray(), edge.Relation, edge.Target.Bytes.ToArray(), added.Index);
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
    private long Replace(IndexedEntry added, Realm realm, TrackId record)
    {
        if (FindRecord(record) is not { } found || found.Realm != realm)
        {
            return added.Index;
        }

        Run("UPDATE records SET latest=@p0 WHERE seq=@p1", added.Index, found.Index);
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
}
