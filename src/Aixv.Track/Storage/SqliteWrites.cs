using Aixv.Track.Indexing;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Storage;

/// <summary>Small writes to a SQLite file of their own, one after another.</summary>
internal sealed class SqliteWrites(SqliteDatabase database) : ISqlWrites, IDisposable
{
    private readonly SemaphoreSlim gate = new(1);

    public async ValueTask<T> RunAsync<T>(Func<SqlSession, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            using var transaction = SqliteTransactionScope.Begin(database.Writer);
            var result = await work(database.Writer);
            transaction.Commit();
            return result;
        }
        catch (SqliteException e)
        {
            throw new IOException($"track: the scratch database failed: {e.Message}", e);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();
}
