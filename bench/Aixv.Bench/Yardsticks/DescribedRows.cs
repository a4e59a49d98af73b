using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Aixv.Bench.Yardsticks;

/// <summary>The rows that an import made, read into memory, to be inserted again by SQLite alone.</summary>
internal sealed class DescribedRows : IDisposable
{
    private const int ModelsPerTransaction = 2500;
    private static readonly (string Name, int Columns)[] Tables = [("described", 11), ("described_words", 4), ("described_keys", 3)];
    private readonly List<string> schema = [];
    private readonly List<(int Table, object[] Values)> rows = [];
    private readonly int models;

    public DescribedRows(string file)
    {
        using var connection = Open(file);
        var all = new List<(long Id, int Table, object[] Values)>();
        for (var table = 0; table < Tables.Length; table++)
        {
            using var ask = Command(connection, $"SELECT sql FROM sqlite_master WHERE name='{Tables[table].Name}'");
            schema.Add((string)ask.ExecuteScalar()!);
            using var select = Command(connection, $"SELECT * FROM {Tables[table].Name}");
            using var reader = select.ExecuteReader();
            while (reader.Read())
            {
                var values = new object[Tables[table].Columns];
                reader.GetValues(values);
                all.Add((Convert.ToInt64(values[table == 0 ? 0 : ^1], null), table, values));
            }
        }

        // As they came: model by model.
        all.Sort((a, b) => a.Id != b.Id ? a.Id.CompareTo(b.Id) : a.Table.CompareTo(b.Table));
        rows.AddRange(all.Select(row => (row.Table, row.Values)));
        models = all.Count(row => row.Table == 0);
    }

    public int Count => rows.Count;

    /// <summary>Inserts all into a new file; returns models per second.</summary>
    public double Insert(string file)
    {
        using var connection = Open(file);
        foreach (var sql in schema.Prepend("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-196608; PRAGMA wal_autocheckpoint=32000"))
        {
            using var command = Command(connection, sql);
            command.ExecuteNonQuery();
        }

        var inserts = Tables.Select(table => Prepare(connection, table.Name, table.Columns)).ToArray();
        var began = Stopwatch.GetTimestamp();
        var (transaction, done) = (connection.BeginTransaction(), 0);
        foreach (var (table, values) in rows)
        {
            if (table == 0 && done++ % ModelsPerTransaction == ModelsPerTransaction - 1)
            {
                transaction.Commit();
                transaction.Dispose();
                transaction = connection.BeginTransaction();
            }

            inserts[table].Transaction = transaction;
            for (var i = 0; i < values.Length; i++)
            {
                inserts[table].Parameters[i].Value = values[i];
            }

            inserts[table].ExecuteNonQuery();
        }

        transaction.Commit();
        transaction.Dispose();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        foreach (var insert in inserts)
        {
            insert.Dispose();
        }

        return models / seconds;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static SqliteCommand Command(SqliteConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, string table, int columns)
    {
        var command = Command(connection, $"INSERT INTO {table} VALUES({string.Join(',', Enumerable.Range(0, columns).Select(i => $"@p{i}"))})");
        for (var i = 0; i < columns; i++)
        {
            command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        }

        return command;
    }

    public void Dispose() => rows.Clear();
}
