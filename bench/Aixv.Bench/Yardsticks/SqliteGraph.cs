using Microsoft.Data.Sqlite;

namespace Aixv.Bench.Yardsticks;

/// <summary>Edges in SQLite, and its recursive query.</summary>
internal sealed class SqliteGraph : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string path;

    internal SqliteGraph(string folder)
    {
        path = Path.Combine(folder, $"aixv-bench-{Guid.NewGuid():N}.db");
        connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-400000; PRAGMA temp_store=MEMORY");
        Execute("CREATE TABLE edges(child INTEGER, parent INTEGER, PRIMARY KEY(child, parent)) WITHOUT ROWID");
    }

    /// <summary>Inserts edges between keys of 32 bytes, as records name them, with a prepared statement, both directions, in transactions of 10,000.</summary>
    internal void InsertKeys(IReadOnlyList<int> children, IReadOnlyList<int> parents, Action<int, Span<byte>> key)
    {
        Execute("CREATE TABLE keyed(child BLOB, parent BLOB, PRIMARY KEY(child, parent)) WITHOUT ROWID; CREATE INDEX keyed_reverse ON keyed(parent, child)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR IGNORE INTO keyed VALUES($c, $p)";
        var (child, parent) = (new byte[32], new byte[32]);
        insert.Parameters.Add("$c", SqliteType.Blob).Value = child;
        insert.Parameters.Add("$p", SqliteType.Blob).Value = parent;
        for (var i = 0; i < children.Count;)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var end = Math.Min(children.Count, i + 10_000); i < end; i++)
            {
                key(children[i], child);
                key(parents[i], parent);
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>Inserts with a prepared statement, in transactions of 10,000.</summary>
    internal void Insert(IReadOnlyList<int> children, IReadOnlyList<int> parents)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT OR IGNORE INTO edges VALUES($c, $p)";
        var child = insert.Parameters.Add("$c", SqliteType.Integer);
        var parent = insert.Parameters.Add("$p", SqliteType.Integer);
        for (var i = 0; i < children.Count;)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var end = Math.Min(children.Count, i + 10_000); i < end; i++)
            {
                child.Value = children[i];
                parent.Value = parents[i];
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    /// <summary>For the way down.</summary>
    internal void AddReverseIndex() => Execute("CREATE INDEX reverse ON edges(parent, child)");

    internal long CountDescendants(int start) => Scalar(
        $"WITH RECURSIVE r(n) AS (VALUES({start}) UNION SELECT e.child FROM edges e JOIN r ON e.parent = r.n) SELECT count(*) - 1 FROM r");

    internal long CountAncestors(int start) => Scalar(
        $"WITH RECURSIVE r(n) AS (VALUES({start}) UNION SELECT e.parent FROM edges e JOIN r ON e.child = r.n) SELECT count(*) - 1 FROM r");

    private long Scalar(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Execute(string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public void Dispose()
    {
        connection.Dispose();
        foreach (var file in (string[])[path, $"{path}-wal", $"{path}-shm"])
        {
            File.Delete(file);
        }
    }
}
