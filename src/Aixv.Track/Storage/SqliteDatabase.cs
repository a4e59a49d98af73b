using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using Aixv.Track.Indexing;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Aixv.Track.Storage;

/// <summary>A SQLite file: one connection that writes, and as many as are needed that read.</summary>
internal sealed class SqliteDatabase : ISqlSource, IDisposable
{
    private const int MaximumIdle = 16;
    private readonly ConcurrentBag<SqlSession> idle = [];
    private readonly string readers;
    private readonly string file;
    private volatile bool closed;

    /// <summary>SQLite need not count its memory: it would take one lock for every piece, whichever connection asks for it.</summary>
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private SqliteDatabase(string file, SqliteConnection writer)
    {
        readers = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();
        this.file = file;
        Writer = new SqlSession(writer, new(StringComparer.Ordinal), () => ValueTask.CompletedTask);
    }

    /// <summary>The connection that writes; for one user at a time.</summary>
    public SqlSession Writer { get; }

    /// <summary>Opens or makes the file and brings it to the newest version.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="migrations">Migration n brings version n to n + 1.</param>
    /// <param name="synchronous">
    /// SQLite's setting. NORMAL never damages the file but may lose the last transactions with the power: enough for what can be computed again.
    /// </param>
    /// <param name="automatic">The pages in the write-ahead log after which the writer moves them to the file; 0 where something else does.</param>
    /// <exception cref="IOException">It cannot be opened, is damaged, or of a newer version.</exception>
    public static SqliteDatabase Open(string file, IReadOnlyList<string> migrations, string synchronous, int automatic = 4000)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA cache_size=-65536; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint={automatic};");
            Migrate(connection, migrations, file);
            return new SqliteDatabase(file, connection);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new IOException($"track: cannot open {file}: {e.Message}", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Migrate(SqliteConnection connection, IReadOnlyList<string> migrations, string file)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        using var ask = connection.CreateCommand();
        ask.CommandText = "PRAGMA user_version";
        var version = Convert.ToInt32(ask.ExecuteScalar(), CultureInfo.InvariantCulture);
        if (version > migrations.Count)
        {
            throw new IOException($"track: {file} is of version {version}, this program knows up to {migrations.Count}: use a newer program");
        }

        for (; version < migrations.Count; version++)
        {
            Run(connection, SqlDialect.Sqlite(migrations[version]));
            Run(connection, $"PRAGMA user_version={version + 1}");
        }

        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>What has to be done before anything is read; null for nothing.</summary>
    public Func<CancellationToken, ValueTask>? BeforeReading { get; set; }

    public ValueTask<SqlSession> OpenAsync(Realms realms, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        var before = BeforeReading?.Invoke(cancellationToken) ?? ValueTask.CompletedTask;
        return before.IsCompletedSuccessfully ? new(TakeReader()) : OpenAfterAsync(before);
    }

    private async ValueTask<SqlSession> OpenAfterAsync(ValueTask before)
    {
        await before;
        return TakeReader();
    }

    private SqlSession TakeReader() => idle.TryTake(out var session) ? session : NewReader();

    /// <summary>One more connection that may write, for work of the database itself.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private SqlSession NewReader()
    {
        var connection = new SqliteConnection(readers);
        connection.Open();
        Run(connection, "PRAGMA query_only=1; PRAGMA cache_size=-8192; PRAGMA mmap_size=268435456;");
        SqlSession? session = null;
        session = new SqlSession(connection, new Dictionary<string, DbCommand>(StringComparer.Ordinal), () => GiveBack(session!));
        return session;
    }

    private ValueTask GiveBack(SqlSession session)
    {
        if (closed || idle.Count >= MaximumIdle)
        {
            session.Connection.Dispose();
        }
        else
        {
            idle.Add(session);
        }

        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        closed = true;
        while (idle.TryTake(out var session))
        {
            session.Connection.Dispose();
        }

        Writer.Connection.Dispose();
    }
}
