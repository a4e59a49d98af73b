using System.Data.Common;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Blobs;
using Aixv.Track.Importing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>Reads the index with SQL that SQLite and PostgreSQL both understand; contents come from the blobs.</summary>
/// <param name="source">The database.</param>
/// <param name="blobs">The contents.</param>
/// <param name="memory">What is remembered where no other process writes; null where others do.</param>
internal sealed class SqlIndex(ISqlSource source, IBlobStore blobs, IndexMemory? memory = null) : IIndex
{
    private const string EntryColumns = "e.realm,e.seq,e.pack,e.start,e.length";

    private const string RecordColumns =
        "r.realm,r.type,r.id,r.status,r.seq,r.created,m.id,l.pack,l.start,l.length FROM records r JOIN entries m ON m.seq=r.seq JOIN entries l ON l.seq=r.latest";

    public DescribedSql Described { get; } = new(source);

    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) =>
        memory is null ? ReadSizeAsync(cancellationToken) : new(memory.Size);

    /// <summary>The same, from the database.</summary>
    public async ValueTask<long> ReadSizeAsync(CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.EveryTenant, cancellationToken);
        return (long)(await session.Command("SELECT coalesce(max(seq)+1,0) FROM entries").ExecuteScalarAsync(cancellationToken))!;
    }

    /// <remarks>Where others write too: nothing changes but by an entry, and there are as many as the size says.</remarks>
    public ValueTask<long> VersionAsync(Realms realms, CancellationToken cancellationToken) =>
        memory is null ? SizeAsync(cancellationToken) : new(memory.VersionOf(realms));

    public async ValueTask<StoredRecord?> FindRecordAsync(Realms realms, TrackId id, CancellationToken cancellationToken)
    {
        if (memory is not null && memory.TryGet(realms, id, out var kept))
        {
            return kept;
        }

        var epoch = memory?.Epoch ?? 0;
        var found = await FirstRecordAsync(
            realms, $"SELECT {RecordColumns} WHERE r.id=@p1 AND {RealmFilter.OfRows(realms, "r")}", [realms.Own.Number, id.ToBytes()], cancellationToken);
        if (found is not null)
        {
            memory?.Keep(found, epoch);
        }

        return found;
    }

    public ValueTask<StoredRecord?> FindRecordAtAsync(Realms realms, long index, CancellationToken cancellationToken) => FirstRecordAsync(
        realms, $"SELECT {RecordColumns} WHERE r.seq=@p1 AND {RealmFilter.OfRows(realms, "r")}", [realms.Own.Number, index], cancellationToken);

    public ValueTask<StoredRecord?> FindByKeyAsync(Realm realm, string key, CancellationToken cancellationToken) => FirstRecordAsync(
        Realms.Only(realm),
        $"SELECT {RecordColumns} WHERE r.seq=(SELECT seq FROM unique_keys WHERE realm=@p0 AND name=@p1)",
        [realm.Number, SqlKey.Of(key)],
        cancellationToken);

    private async ValueTask<StoredRecord?> FirstRecordAsync(Realms realms, string sql, object[] values, CancellationToken cancellationToken)
    {
        RecordRow row;
        await using (var session = await source.OpenAsync(realms, cancellationToken))
        {
            await using var rows = await session.Command(sql, values).ExecuteReaderAsync(cancellationToken);
            if (!await rows.ReadAsync(cancellationToken))
            {
                return null;
            }

            row = RecordRow.Read(rows);
        }

        return await LoadAsync(row, cancellationToken);
    }

    public async ValueTask<StoredRecord> LoadAsync(RecordRow row, CancellationToken cancellationToken)
    {
        var frame = EntryFrame.Parse(await blobs.ReadAsync(row.Location, cancellationToken));
        return new StoredRecord(row.Realm, row.Type, row.Id, row.Status, row.Index, row.Created, row.MadeBy, Entry.Parse(frame.Statement));
    }

    public async ValueTask<RecordPage> ListAsync(Realms realms, RecordQuery query, CancellationToken cancellationToken)
    {
        var list = new ListSql(realms, query);
        var found = new List<RecordRow>();
        var total = -1L;
        await using (var session = await source.OpenAsync(realms, cancellationToken))
        {
            await using (var rows = await session.Command($"SELECT {RecordColumns} {list.Page}", list.PageValues).ExecuteReaderAsync(cancellationToken))
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    found.Add(RecordRow.Read(rows));
                }
            }

            if (query.Count)
            {
                total = (long)(await session.Command($"SELECT count(*) FROM records r {list.Conditions}", list.Values).ExecuteScalarAsync(cancellationToken))!;
            }
        }

        var more = found.Count > query.Limit;
        var items = new List<StoredRecord>();
        foreach (var row in found.Take(query.Limit))
        {
            items.Add(await LoadAsync(row, cancellationToken));
        }

        return new RecordPage(items, total, more && items.Count > 0 ? items[^1].Index : null);
    }

    public async ValueTask<IReadOnlyList<FoundRow>> FindRowsAsync(Realms realms, IReadOnlyList<IndexTerm> terms, int each, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(int, long), FoundRow>();
        await using var session = await source.OpenAsync(realms, cancellationToken);
        foreach (var realm in TermRowsSql.RealmsOf(realms))
        {
            for (var from = 0; from < terms.Count; from += TermRowsSql.Terms)
            {
                var command = session.Command(TermRowsSql.Of(RecordColumns), TermRowsSql.Values(realm, terms, from, each));
                await using var rows = await command.ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                {
                    var (term, row) = (from + rows.GetInt32(10), RecordRow.Read(rows));
                    found[(term, row.Index)] = new FoundRow(term, row);
                }
            }
        }

        return [.. found.Values.OrderBy(f => f.Term).ThenByDescending(f => f.Row.Index)];
    }

    public ValueTask<long> CountRecordsAsync(Realms realms, RecordType type, CancellationToken cancellationToken) =>
        CountAsync(realms, $"SELECT count(*) FROM records r WHERE r.type=@p1 AND {RealmFilter.OfRows(realms, "r")}", [realms.Own.Number, (int)type], cancellationToken);

    public ValueTask<long> CountTermsAsync(Realms realms, string field, CancellationToken cancellationToken) => CountAsync(
        realms,
        $"SELECT count(DISTINCT term) FROM terms t WHERE {RealmFilter.OfCopies(realms, "t")} AND t.term>=@p1 AND t.term<@p2",
        [realms.Own.Number, $"{field}=", $"{field}>"],
        cancellationToken);

    public ValueTask<long> CountEdgesAsync(Realms realms, CancellationToken cancellationToken) => CountAsync(
        realms, $"SELECT count(*) FROM edges g WHERE {RealmFilter.OfCopies(realms, "g")} AND g.relation<>'is'", [realms.Own.Number], cancellationToken);

    private async ValueTask<long> CountAsync(Realms realms, string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(realms, cancellationToken);
        return (long)(await session.Command(sql, values).ExecuteScalarAsync(cancellationToken))!;
    }

    public async ValueTask<StoredEntry?> FindEntryAsync(Realms realms, TrackId id, CancellationToken cancellationToken) =>
        await EntriesAsync(
            realms, $"SELECT {EntryColumns} FROM entries e WHERE e.id=@p1 AND {RealmFilter.OfRows(realms, "e")}", [realms.Own.Number, id.ToBytes()], cancellationToken)
            is [var found] ? found : null;

    public ValueTask<IReadOnlyList<StoredEntry>> ReadEntriesAsync(Realms realms, long from, int limit, CancellationToken cancellationToken) => EntriesAsync(
        realms,
        $"SELECT {EntryColumns} FROM entries e WHERE e.seq>=@p1 AND {RealmFilter.OfRows(realms, "e")} ORDER BY e.seq LIMIT @p2",
        [realms.Own.Number, from, limit],
        cancellationToken);

    public ValueTask<IReadOnlyList<StoredEntry>> ListEntriesAsync(
        Realms realms, IndexTerm term, long? before, int limit, CancellationToken cancellationToken) => EntriesAsync(
        realms,
        $"SELECT {EntryColumns} FROM {RealmFilter.OfTerm(realms, "term=@p1")} t JOIN entries e ON e.seq=t.seq WHERE t.seq<@p2 ORDER BY t.seq DESC LIMIT @p3",
        [realms.Own.Number, term.ToString(), before ?? long.MaxValue, limit],
        cancellationToken);

    public async ValueTask<ReceiptPage> ListReceiptsAsync(Realms realms, ReceiptQuery query, CancellationToken cancellationToken)
    {
        var sql = new ReceiptSql(realms, query);
        var found = new List<(Realm Realm, long Index, BlobLocation Location, RecordType? Type, TrackId? Record, ReceiptState State)>();
        long total;
        await using (var session = await source.OpenAsync(realms, cancellationToken))
        {
            await using (var rows = await session.Command(sql.Page, sql.PageValues).ExecuteReaderAsync(cancellationToken))
            {
                while (await rows.ReadAsync(cancellationToken))
                {
                    var location = new BlobLocation(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt32(4));
                    var made = !rows.IsDBNull(5);
                    var type = made ? (RecordType)rows.GetInt32(5) : default(RecordType?);
                    var state = ReceiptSql.StateOf(type, made ? rows.GetString(7) : null, isRevoked: !rows.IsDBNull(8));
                    found.Add((new Realm(rows.GetInt64(0)), rows.GetInt64(1), location, type, made ? TrackId.FromBytes(rows.GetFieldValue<byte[]>(6)) : null, state));
                }
            }

            total = query.Id is null ? (long)(await session.Command(sql.Count, sql.CountValues).ExecuteScalarAsync(cancellationToken))! : found.Count;
        }

        var items = new List<StoredReceipt>();
        foreach (var row in found.Take(query.Limit))
        {
            var frame = EntryFrame.Parse(await blobs.ReadAsync(row.Location, cancellationToken));
            items.Add(new StoredReceipt(new StoredEntry(row.Realm, row.Index, Entry.Parse(frame.Statement), frame), row.Type, row.Record, row.State));
        }

        return new ReceiptPage(items, total, found.Count > query.Limit && items.Count > 0 ? items[^1].Entry.Index : null);
    }

    private async ValueTask<IReadOnlyList<StoredEntry>> EntriesAsync(Realms realms, string sql, object[] values, CancellationToken cancellationToken)
    {
        var found = new List<(Realm Realm, long Index, BlobLocation Location)>();
        await using (var session = await source.OpenAsync(realms, cancellationToken))
        {
            await using var rows = await session.Command(sql, values).ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                found.Add((new Realm(rows.GetInt64(0)), rows.GetInt64(1), new BlobLocation(rows.GetInt64(2), rows.GetInt64(3), rows.GetInt32(4))));
            }
        }

        var entries = new StoredEntry[found.Count];
        for (var i = 0; i < entries.Length; i++)
        {
            var frame = EntryFrame.Parse(await blobs.ReadAsync(found[i].Location, cancellationToken));
            entries[i] = new StoredEntry(found[i].Realm, found[i].Index, Entry.Parse(frame.Statement), frame);
        }

        return entries;
    }

    public async ValueTask<BlobLocation?> FindAttachmentAsync(Realms realms, Digest digest, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(realms, cancellationToken);
        var sql = $"SELECT pack,start,length FROM attachments a WHERE a.digest=@p1 AND {RealmFilter.OfCopies(realms, "a")} LIMIT 1";
        await using var rows = await session.Command(sql, realms.Own.Number, digest.ToBytes()).ExecuteReaderAsync(cancellationToken);
        return await rows.ReadAsync(cancellationToken) ? new BlobLocation(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt32(2)) : null;
    }

    public async ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(
        Realms realms, NodeKey node, bool reverse, int limit, CancellationToken cancellationToken)
    {
        var sql = $"SELECT source,relation,target,min(seq) AS first FROM edges g WHERE {RealmFilter.OfCopies(realms, "g")} "
            + $"AND g.{(reverse ? "target" : "source")}=@p1 GROUP BY source,relation,target ORDER BY first,source,relation,target LIMIT @p2";
        await using var session = await source.OpenAsync(realms, cancellationToken);
        return await EdgesAsync(session.Command(sql, realms.Own.Number, node.Bytes.ToArray(), limit), cancellationToken);
    }

    public async ValueTask<IReadOnlyList<StoredEdge>> ReadEdgesAsync(Realms realms, long from, int limit, CancellationToken cancellationToken)
    {
        var filter = RealmFilter.OfCopies(realms, "g");
        // Only who sees its own and the public copy of an edge sees it twice; sorting out what cannot be there would cost a look at all that follows.
        var isTwice = realms is { AndPublic: true, IsEverything: false } && realms.Own != Realm.Public;
        var columns = $"SELECT {(isTwice ? "DISTINCT " : "")}g.source,g.relation,g.target,g.seq,e.realm,e.is_public FROM edges g JOIN entries e ON e.seq=g.seq WHERE";
        await using var session = await source.OpenAsync(realms, cancellationToken);
        var found = await EdgesAsync(
            session.Command($"{columns} {filter} AND g.seq>=@p1 ORDER BY g.seq LIMIT @p2", realms.Own.Number, from, limit), cancellationToken);
        if (found.Count < limit)
        {
            return found;
        }

        var last = found[^1].Index;
        var rest = await EdgesAsync(session.Command($"{columns} {filter} AND g.seq=@p1", realms.Own.Number, last), cancellationToken);
        return [.. found.Where(e => e.Index < last), .. rest];
    }

    private static async ValueTask<IReadOnlyList<StoredEdge>> EdgesAsync(DbCommand command, CancellationToken cancellationToken)
    {
        var edges = new List<StoredEdge>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            var (from, to) = (rows.GetFieldValue<byte[]>(0), rows.GetFieldValue<byte[]>(2));
            var edge = new IndexEdge(NodeKey.FromBytes(from), rows.GetString(1), NodeKey.FromBytes(to));
            edges.Add(rows.FieldCount == 4
                ? new StoredEdge(edge, rows.GetInt64(3))
                : new StoredEdge(edge, rows.GetInt64(3)) { Realm = new Realm(rows.GetInt64(4)), IsPublic = rows.GetInt32(5) != 0 });
        }

        return edges;
    }

    public async ValueTask<long> CountEntriesAsync(Realm realm, DateOnly day, CancellationToken cancellationToken)
    {
        await using var session = await source.OpenAsync(Realms.Only(realm), cancellationToken);
        var count = await session.Command("SELECT entries FROM usage WHERE realm=@p0 AND day=@p1", realm.Number, (long)day.DayNumber)
            .ExecuteScalarAsync(cancellationToken);
        return count is long found ? found : 0;
    }
}
