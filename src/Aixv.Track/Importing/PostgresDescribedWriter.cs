using Aixv.Track.Indexing;
using Npgsql;

namespace Aixv.Track.Importing;

/// <summary>Writes described nodes in PostgreSQL, a batch with one statement for each table.</summary>
internal sealed class PostgresDescribedWriter(NpgsqlConnection connection)
{
    /// <summary>Adds descriptions in the log's order, each in place of the one that the same source gave before; where nothing new is said, that one stays.</summary>
    public async Task AddAsync(IReadOnlyList<DescribedRow> rows, CancellationToken cancellationToken)
    {
        var before = (await FindAsync(rows, cancellationToken)).ToDictionary(KeyOf);
        var after = new Dictionary<(long, string, string), DescribedRow>(before);
        foreach (var row in rows)
        {
            if (!after.TryGetValue(KeyOf(row), out var present) || !present.SaysTheSame(row))
            {
                after[KeyOf(row)] = row;
            }
        }

        List<DescribedRow> removed = [.. before.Values.Where(row => after[KeyOf(row)].Id != row.Id)];
        List<DescribedRow> added = [.. after.Values.Where(row => !before.TryGetValue(KeyOf(row), out var old) || old.Id != row.Id)];
        await using var all = new NpgsqlBatch(connection);
        Remove(all, removed);
        Add(all, added);
        if (all.BatchCommands.Count > 0)
        {
            await all.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static (long Realm, string Source, string Node) KeyOf(DescribedRow row) => (row.Realm, row.Source, Convert.ToHexString(row.Node));

    private async Task<List<DescribedRow>> FindAsync(IReadOnlyList<DescribedRow> wanted, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {DescribedSql.Columns} FROM unnest($1::bigint[],$2::bigint[],$3::text[],$4::bytea[]) w(realm,hash,source,node) "
            + "JOIN described_keys k ON k.realm IN (0,w.realm) AND k.hash=w.hash "
            + "JOIN described d ON d.id=k.id AND d.realm=w.realm AND d.source=w.source AND d.node=w.node",
            connection);
        DescribedRow[] distinct = [.. wanted.DistinctBy(KeyOf)];
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. distinct.Select(r => r.Realm)] });
        command.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. distinct.Select(r => r.NodeHash)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. distinct.Select(r => r.Source)] });
        command.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. distinct.Select(r => r.Node)] });
        var found = new List<DescribedRow>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            found.Add(DescribedSql.Read(rows));
        }

        return found;
    }

    private static void Remove(NpgsqlBatch all, List<DescribedRow> rows)
    {
        PostgresIndexWriter.Run(all, "DELETE FROM described WHERE id=ANY($1)", rows.Count, rows.Select(r => r.Id));
        List<(DescribedRow Row, string Word)> words = [.. rows.SelectMany(r => r.Words().Select(w => (r, w)))];
        PostgresIndexWriter.Run(
            all,
            "DELETE FROM described_words t USING unnest($1::bigint[],$2::text[],$3::integer[],$4::bigint[]) v(realm,word,rank,id) "
            + "WHERE t.realm=v.realm AND t.word=v.word AND t.rank=v.rank AND t.id=v.id",
            words.Count, words.Select(w => w.Row.Home), words.Select(w => w.Word), words.Select(w => w.Row.Rank), words.Select(w => w.Row.Id));
        List<(DescribedRow Row, long Hash)> keys = [.. rows.SelectMany(r => r.Hashes().Select(h => (r, h)))];
        PostgresIndexWriter.Run(
            all,
            "DELETE FROM described_keys t USING unnest($1::bigint[],$2::bigint[],$3::bigint[]) v(realm,hash,id) WHERE t.realm=v.realm AND t.hash=v.hash AND t.id=v.id",
            keys.Count, keys.Select(k => k.Row.Home), keys.Select(k => k.Hash), keys.Select(k => k.Row.Id));
    }

    private static void Add(NpgsqlBatch all, List<DescribedRow> rows)
    {
        PostgresIndexWriter.Insert(
            all, "described", "bigint,bigint,integer,text,bytea,bytea,text,text,integer,bytea,text", rows.Count,
            rows.Select(r => r.Id), rows.Select(r => r.Realm), rows.Select(r => r.IsPublic ? 1 : 0), rows.Select(r => r.Source), rows.Select(r => r.Node),
            rows.Select(r => r.Digest), rows.Select(r => r.Name), rows.Select(r => r.Kind), rows.Select(r => r.Rank), rows.Select(r => r.Links),
            rows.Select(r => r.Properties));
        List<(DescribedRow Row, string Word)> words = [.. rows.SelectMany(r => r.Words().Select(w => (r, w)))];
        PostgresIndexWriter.Insert(
            all, "described_words", "bigint,text,integer,bigint", words.Count,
            words.Select(w => w.Row.Home), words.Select(w => w.Word), words.Select(w => w.Row.Rank), words.Select(w => w.Row.Id));
        List<(DescribedRow Row, long Hash)> keys = [.. rows.SelectMany(r => r.Hashes().Select(h => (r, h)))];
        PostgresIndexWriter.Insert(
            all, "described_keys", "bigint,bigint,bigint", keys.Count, keys.Select(k => k.Row.Home), keys.Select(k => k.Hash), keys.Select(k => k.Row.Id));
    }
}
