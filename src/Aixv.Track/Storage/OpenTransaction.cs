using Microsoft.Data.Sqlite;

namespace Aixv.Track.Storage;

/// <summary>The one transaction that writes the index, left open over several batches: nobody waits for pages that nobody reads.</summary>
/// <remarks>
/// Who opens a session that reads calls <see cref="SettleAsync"/> first, so whatever was acknowledged is seen by everybody. What a crash takes with it is in
/// log and blobs, and is indexed again when the store is opened. As long as somebody reads, each batch is committed at its end.
/// </remarks>
internal sealed class OpenTransaction : IAsyncDisposable
{
    private const int MaximumEntries = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private readonly SqliteDatabase database;
    private readonly WalCheckpoints checkpoints;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly ITimer timer;
    private SqliteTransactionScope? scope;
    private volatile bool isOpen;
    private volatile bool isLost;
    private volatile bool isRead;
    private int entries;

    public OpenTransaction(SqliteDatabase database, TimeProvider time)
    {
        this.database = database;
        checkpoints = new WalCheckpoints(database);
        timer = time.CreateTimer(_ => EndAsync(CancellationToken.None).AsTask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether entries that were acknowledged are not in the index, because a transaction failed: they have to be read from the log again.</summary>
    public bool IsLost => isLost;

    /// <summary>Uses the connection that writes, without writing.</summary>
    /// <exception cref="IOException">The index is behind the log.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return isLost ? throw Behind() : work();
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Adds to the transaction.</summary>
    /// <param name="count">How many entries that are.</param>
    /// <param name="work">Writes them.</param>
    /// <exception cref="IOException">It failed, and with it what was added before and not committed.</exception>
    public async ValueTask WriteAsync(int count, Action work)
    {
        await gate.WaitAsync(CancellationToken.None);
        try
        {
            if (isLost)
            {
                throw Behind();
            }

            scope ??= SqliteTransactionScope.Begin(database.Writer);
            work();
            entries += count;
            if (isRead || entries >= MaximumEntries)
            {
                Commit();
            }
            else if (!isOpen)
            {
                timer.Change(Patience, Timeout.InfiniteTimeSpan);
                isOpen = true;
            }
        }
        catch (Exception e)
        {
            throw Lose(e);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Returns when all that was written is committed: before anything is read.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        if (!isRead)
        {
            isRead = true;
        }

        return isOpen ? CommitAsync(cancellationToken) : isLost ? throw Behind() : ValueTask.CompletedTask;
    }

    private static IOException Behind() => new("track: the index could not be written and is behind the log; the next entry mends it");

    /// <summary>Commits what is open.</summary>
    public async ValueTask CommitAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (isOpen)
            {
                Commit();
            }
            else if (isLost)
            {
                throw Behind();
            }
        }
        catch (SqliteException e)
        {
            throw Lose(e);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Commits what is open, or loses it: afterwards nothing is open.</summary>
    public async ValueTask EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await CommitAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The index is brought up to the log from where it is.
        }
    }

    private void Commit()
    {
        scope!.Commit();
        scope = null;
        var written = entries;
        (isOpen, isRead, entries) = (false, false, 0);
        checkpoints.Count(written);
    }

    /// <summary>Undoes the transaction; the index is as it was at the last commit.</summary>
    private IOException Lose(Exception reason)
    {
        scope?.Dispose();
        scope = null;
        isLost = true;
        (isOpen, entries) = (false, 0);
        return reason as IOException ?? new IOException($"track: the index could not be written: {reason.Message}", reason);
    }

    /// <summary>The index has been brought up to the log.</summary>
    public void Found() => isLost = false;

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await EndAsync(CancellationToken.None);
        await checkpoints.DisposeAsync();
    }
}
