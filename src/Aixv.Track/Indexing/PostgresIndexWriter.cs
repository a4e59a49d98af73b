using Aixv.Track.Importing;
using Aixv.Track.Storage;
using Npgsql;

namespace Aixv.Track.Indexing;

/// <summary>Writes the index in PostgreSQL, a batch with one statement for each table, within a transaction of the caller's.</summary>
internal sealed class PostgresIndexWriter(NpgsqlConnection connection)
{
    /// <summary>Who has these unique keys.</summary>
    public async Task<Dictionary<(Realm Realm, string Key), KeyOwner>> FindKeysAsync(
        IReadOnlyCollection<(Realm Realm, string Key)> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<(Realm, string), KeyOwner>();
        if (wanted.Count == 0)
        {
            return found;
        }

        (Realm Realm, string Key)[] keys = [.. wanted];
        await using var command = new NpgsqlCommand(
            "SELECT w.n,u.seq,u.fingerprint FROM unnest($1::bigint[],$2::bytea[]) WITH ORDINALITY w(realm,name,n) "
            + "JOIN unique_keys u ON u.realm=w.realm AND u.name=w.name", connection);
        Add(command, keys.Select(k => k.Realm.Number), keys.Select(k => SqlKey.Of(k.Key)));
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found[keys[rows.GetInt64(0) - 1]] = new KeyOwner(rows.GetInt64(1), rows.GetFieldValue<byte[]>(2));
        }

        return found;
    }

    /// <summary>What these records are now.</summary>
    public async Task<Dictionary<TrackId, RecordState>> FindRecordsAsync(IEnumerable<TrackId> ids, CancellationToken cancellationToken)
    {
        var found = new Dictionary<TrackId, RecordState>();
        byte[][] wanted = [.. ids.Distinct().Select(i => i.ToBytes())];
        if (wanted.Length == 0)
        {
            return found;
        }

        await using var command = new NpgsqlCommand("SELECT id,realm,is_public,type,status,seq FROM records WHERE id=ANY($1)", connection);
        Add(command, (object)wanted);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found[TrackId.FromBytes(rows.GetFieldValue<byte[]>(0))] = new RecordState(
                new Realm(rows.GetInt64(1)), rows.GetInt32(2) != 0, (RecordType)rows.GetInt32(3), rows.GetString(4), rows.GetInt64(5));
        }

        return found;
    }

    /// <summary>Adds a batch. The same again changes nothing but the counters of days.</summary>
    public async Task AddAsync(IndexBatch batch, CancellationToken cancellationToken)
    {
        await using var all = new NpgsqlBatch(connection);
        Insert(all, "entries", "bigint,bytea,bigint,integer,bigint,bigint,integer", batch.Entries.Count,
            batch.Entries.Select(e => e.Index), batch.Entries.Select(e => e.Id), batch.Entries.Select(e => e.Realm), batch.Entries.Select(e => e.IsPublic),
            batch.Entries.Select(e => e.Place.Pack), batch.Entries.Select(e => e.Place.Offset), batch.Entries.Select(e => e.Place.Length));
        Insert(all, "records", "bigint,bigint,integer,integer,bytea,text,bigint,bigint", batch.Records.Count,
            batch.Records.Select(r => r.Index), batch.Records.Select(r => r.Realm), batch.Records.Select(r => r.IsPublic), batch.Records.Select(r => r.Type),
            batch.Records.Select(r => r.Id), batch.Records.Select(r => r.Status), batch.Records.Select(r => r.Created), batch.Records.Select(r => r.Latest));
        Insert(all, "unique_keys", "bigint,bytea,bigint,bytea", batch.Keys.Count,
            batch.Keys.Select(k => k.Realm), batch.Keys.Select(k => k.Name), batch.Keys.Select(k => k.Index), batch.Keys.Select(k => k.Fingerprint));
        InsertTerms(all, [.. batch.AddedTerms], [.. batch.RemovedTerms]);
        Insert(all, "edges", "bigint,bytea,text,bytea,bigint", batch.Edges.Count,
            batch.Edges.Select(e => e.Realm), batch.Edges.Select(e => e.Source), batch.Edges.Select(e => e.Relation),
            batch.Edges.Select(e => e.Target), batch.Edges.Select(e => e.Index));
        Insert(all, "attachments", "bigint,bytea,bigint,bigint,integer", batch.Attachments.Count,
            batch.Attachments.Select(a => a.Realm), batch.Attachments.Select(a => a.Digest), batch.Attachments.Select(a => a.Place.Pack),
            batch.Attachments.Select(a => a.Place.Offset), batch.Attachments.Select(a => a.Place.Length));
        Run(all, "UPDATE records r SET status=v.status FROM unnest($1::bytea[],$2::text[]) v(id,status) WHERE r.id=v.id", batch.Statuses.Count,
            batch.Statuses.Keys.Select(i => i.ToBytes()), batch.Statuses.Values);
        Run(all, "UPDATE records r SET latest=v.latest FROM unnest($1::bytea[],$2::bigint[]) v(id,latest) WHERE r.id=v.id", batch.Latest.Count,
            batch.Latest.Keys.Select(i => i.ToBytes()), batch.Latest.Values);
        Run(all, "INSERT INTO usage SELECT * FROM unnest($1::bigint[],$2::bigint[],$3::bigint[]) "
            + "ON CONFLICT(realm,day) DO UPDATE SET entries=usage.entries+excluded.entries", batch.Days.Count,
            batch.Days.Keys.Select(d => d.Realm), batch.Days.Keys.Select(d => d.Day), batch.Days.Values);
        if (all.BatchCommands.Count > 0)
        {
            await all.ExecuteNonQueryAsync(cancellationToken);
        }

        if (batch.Described.Count > 0)
        {
            await new PostgresDescribedWriter(connection).AddAsync(batch.Described, cancellationToken);
        }
    }

    private static void InsertTerms(NpgsqlBatch all, (long Realm, string Term, long Index)[] added, (long Realm, string Term, long Index)[] removed)
    {
        Run(all, "DELETE FROM terms t USING unnest($1::bigint[],$2::text[],$3::bigint[]) v(realm,term,seq) "
            + "WHERE t.realm=v.realm AND t.term=v.term AND t.seq=v.seq", removed.Length,
            removed.Select(t => t.Realm), removed.Select(t => t.Term), removed.Select(t => t.Index));
        Insert(all, "terms", "bigint,text,bigint", added.Length, added.Select(t => t.Realm), added.Select(t => t.Term), added.Select(t => t.Index));
    }

    internal static void Insert(NpgsqlBatch all, string table, string types, int count, params ReadOnlySpan<object> columns)
    {
        var arrays = string.Join(',', types.Split(',').Select((type, i) => $"${i + 1}::{type}[]"));
        Run(all, $"INSERT INTO {table} SELECT * FROM unnest({arrays}) ON CONFLICT DO NOTHING", count, columns);
    }

    internal static void Run(NpgsqlBatch all, string sql, int count, params ReadOnlySpan<object> columns)
    {
        if (count == 0)
        {
            return;
        }

        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
        {
            command.Parameters.Add(Parameter(column));
        }

        all.BatchCommands.Add(command);
    }

    private static void Add(NpgsqlCommand command, params ReadOnlySpan<object> columns)
    {
        foreach (var column in columns)
        {
            command.Parameters.Add(Parameter(column));
        }
    }

    private static NpgsqlParameter Parameter(object column) => column switch
    {
        IEnumerable<long> numbers => new NpgsqlParameter<long[]> { TypedValue = [.. numbers] },
        IEnumerable<int> numbers => new NpgsqlParameter<int[]> { TypedValue = [.. numbers] },
        IEnumerable<string> texts => new NpgsqlParameter<string[]> { TypedValue = [.. texts] },
        IEnumerable<byte[]> bytes => new NpgsqlParameter<byte[][]> { TypedValue = [.. bytes] },
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
