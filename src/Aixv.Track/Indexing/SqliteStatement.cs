using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aixv.Track.Indexing;

/// <summary>A prepared statement without ADO.NET around it, for the few that every entry runs: binding and stepping is all that it costs.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 database;
    private readonly sqlite3_stmt statement;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(database, sql, out statement));
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(code, database);
        }
    }

    /// <summary>Sets a parameter, the first is 1.</summary>
    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, and SQLite takes that for NULL.
        Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(statement, parameter, 0) : raw.sqlite3_bind_blob(statement, parameter, value));
        return this;
    }

    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(statement, parameter, value));
        return this;
    }

    /// <summary>Runs a statement that has no rows.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(statement);
        var after = raw.sqlite3_reset(statement);
        if (code != raw.SQLITE_DONE)
        {
            Check(after != raw.SQLITE_OK ? after : code);
        }
    }

    /// <summary>The first row, read by <paramref name="read"/>; null when there is none.</summary>
    public T? First<T>(Func<SqliteStatement, T> read) where T : class
    {
        try
        {
            var code = raw.sqlite3_step(statement);
            if (code == raw.SQLITE_ROW)
            {
                return read(this);
            }

            if (code != raw.SQLITE_DONE)
            {
                Check(code);
            }

            return null;
        }
        finally
        {
            raw.sqlite3_reset(statement);
        }
    }

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();

    public string Text(int column) => raw.sqlite3_column_text(statement, column).utf8_to_string();

    public void Dispose() => statement.Dispose();
}
