using Aixv.Track.Indexing;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Storage;

/// <summary>Moves what was committed from SQLite's write-ahead log into the database file, beside the writer and not in its way.</summary>
internal sealed class WalCheckpoints(SqliteDatabase database) : IAsyncDisposable
{
    private const int EntriesBetween = 8192;

    /// <summary>The length, in pages, from which on the writer itself waits for the log to begin anew.</summary>
    private const long MaximumPages = 65_536;

    private Task running = Task.CompletedTask;
    private volatile bool isLong;
    private int entries;

    /// <summary>Tells of a commit. Called by the writer, between two transactions.</summary>
    public void Count(int committed)
    {
        entries += committed;
        if (entries < EntriesBetween || !running.IsCompleted)
        {
            return;
        }

        entries = 0;
        if (isLong)
        {
            isLong = false;
            Run(database.Writer, "PRAGMA wal_checkpoint(RESTART)");
            return;
        }

        running = Task.Run(RunBeside);
    }

    private void RunBeside()
    {
        try
        {
            using var connection = database.Connect();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
            using var row = command.ExecuteReader();
            isLong = row.Read() && row.GetInt64(1) > MaximumPages;
        }
        catch (SqliteException)
        {
            // The log is the longer until the next time, and nothing is lost.
        }
    }

    private static void Run(SqlSession session, string sql)
    {
        using var rows = session.Command(sql).ExecuteReader();
        rows.Read();
    }

    public async ValueTask DisposeAsync() => await running;
}
