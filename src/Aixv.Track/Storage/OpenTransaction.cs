using Aixv.Track.Indexing;

namespace Aixv.Track.Storage;

/// <summary>Brings what is logged into the index, beside the log and behind it, in one transaction that stays open: nobody waits for pages that nobody reads.</summary>
/// <remarks>
/// Who opens a session that reads calls <see cref="SettleAsync"/> first, so whatever was acknowledged is seen by everybody. What a crash takes with it is in
/// log and blobs, and is indexed again when the store is opened.
/// </remarks>
internal sealed class OpenTransaction : IAsyncDisposable
{
    /// <summary>How many entries are committed together at most.</summary>
    private const int MaximumEntries = 8192;

    /// <summary>How much may wait to be indexed, in entries and nodes that they describe.</summary>
    private const int MaximumWaiting = 8192;

    /// <summary>How much is indexed before others get a turn at the connection: the next batch, to be judged.</summary>
    private const int Turn = 64;

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private readonly SqliteDatabase database;
    private readonly SqliteIndexWriter writer;
    private readonly WalCheckpoints checkpoints;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Lock waitingLock = new();
    private readonly ITimer timer;
    private LoggedBatch[] waiting = [];
    private Task following = Task.CompletedTask;
    private bool isFollowing;
    private SqliteTransactionScope? scope;
    private volatile bool isOpen;
    private volatile bool isLost;
    private volatile bool isRead;
    private bool isTimed;
    private int entries;

    public OpenTransaction(SqliteDatabase database, SqliteIndexWriter writer, TimeProvider time)
    {
        this.database = database;
        this.writer = writer;
        checkpoints = new WalCheckpoints(database);
        timer = time.CreateTimer(_ => EndAsync(CancellationToken.None).AsTask(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether entries that were acknowledged are not in the index, because a transaction failed: they have to be read from the log again.</summary>
    public bool IsLost => isLost;

    /// <summary>Looks, on the connection that writes, at what the index has, entries that wait for it included.</summary>
    /// <param name="look">Is given what finds the owner of a unique key and a record.</param>
    /// <exception cref="IOException">The index is behind the log.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<Func<Realm, string, KeyOwner?>, Func<TrackId, RecordState?>, T> look, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return isLost ? throw Behind() : look(FindKey, FindRecord);
        }
        finally
        {
            gate.Release();
        }
    }

    private KeyOwner? FindKey(Realm realm, string key)
    {
        foreach (var batch in Volatile.Read(ref waiting))
        {
            if (batch.FindKey(realm, key) is { } found)
            {
                return found;
            }
        }

        return writer.FindKey(realm, key);
    }

    private RecordState? FindRecord(TrackId id)
    {
        var batches = Volatile.Read(ref waiting);
        for (var i = batches.Length - 1; i >= 0; i--)
        {
            if (batches[i].FindRecord(id) is { } found)
            {
                return found;
            }
        }

        return writer.FindRecord(id);
    }

    /// <summary>Takes entries that are in the log; whoever reads from now on finds them. Batches come in the log's order.</summary>
    public async ValueTask AddAsync(LoggedBatch batch)
    {
        int count;
        lock (waitingLock)
        {
            if (isLost)
            {
                // They are read from the log, with what was lost.
                return;
            }

            waiting = [.. waiting, batch];
            isOpen = true;
            count = waiting.Sum(b => b.Remaining);
            if (!isFollowing)
            {
                isFollowing = true;
                following = Task.Run(FollowAsync);
            }
        }

        if (count > MaximumWaiting)
        {
            await WithConnectionAsync(() => Index(count - MaximumWaiting), CancellationToken.None);
        }
    }

    private async Task FollowAsync()
    {
        try
        {
            while (await WithConnectionAsync(Follow, CancellationToken.None))
            {
            }
        }
        catch (IOException)
        {
            // It is lost, which whoever reads or writes next notices and mends.
        }
    }

    /// <summary>Indexes a turn's entries. As long as somebody reads, they are committed as soon as no more wait.</summary>
    /// <returns>Whether more wait.</returns>
    private bool Follow()
    {
        Index(Turn);
        lock (waitingLock)
        {
            isFollowing = waiting.Length > 0;
        }

        if (entries >= MaximumEntries || (isRead && !isFollowing))
        {
            Commit();
        }
        else if (!isTimed)
        {
            isTimed = true;
            timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }

        return isFollowing;
    }

    private void Index(int most)
    {
        while (most > 0 && Volatile.Read(ref waiting) is [var first, ..])
        {
            scope ??= SqliteTransactionScope.Begin(database.Writer);
            while (most > 0 && first.Remaining > 0)
            {
                writer.Add(first.Take(out var weight));
                entries++;
                most -= weight;
            }

            if (first.Remaining == 0)
            {
                lock (waitingLock)
                {
                    waiting = waiting[1..];
                }
            }
        }
    }

    /// <summary>Does something with the connection that writes, alone.</summary>
    /// <exception cref="IOException">It failed, and with it what was added before and not committed.</exception>
    private async ValueTask<T> WithConnectionAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            return isLost ? throw Behind() : work();
        }
        catch (Exception e) when (!isLost)
        {
            throw Lose(e);
        }
        finally
        {
            gate.Release();
        }
    }

    private ValueTask<bool> WithConnectionAsync(Action work, CancellationToken cancellationToken) => WithConnectionAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    /// <summary>Returns when all that was acknowledged is committed: before anything is read.</summary>
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

    /// <summary>Indexes and commits what was added until now.</summary>
    public async ValueTask CommitAsync(CancellationToken cancellationToken) => await WithConnectionAsync(
        () =>
        {
            if (isOpen)
            {
                // No more than what waits now: others may go on adding.
                Index(Volatile.Read(ref waiting).Sum(batch => batch.Remaining));
                Commit();
            }
        },
        cancellationToken);

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
        if (scope is not null)
        {
            writer.CountDays();
            scope.Commit();
            scope = null;
        }

        var written = entries;
        (isRead, isTimed, entries) = (false, false, 0);
        lock (waitingLock)
        {
            isOpen = waiting.Length > 0;
        }

        checkpoints.Count(written);
    }

    /// <summary>Undoes the transaction; the index is as it was at the last commit.</summary>
    private IOException Lose(Exception reason)
    {
        scope?.Dispose();
        scope = null;
        (isTimed, entries) = (false, 0);
        lock (waitingLock)
        {
            (isLost, isOpen, isFollowing) = (true, false, false);
            waiting = [];
        }

        return reason as IOException ?? new IOException($"track: the index could not be written: {reason.Message}", reason);
    }

    /// <summary>The index has been brought up to the log.</summary>
    public void Found() => isLost = false;

    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        await EndAsync(CancellationToken.None);
        await following;
        await checkpoints.DisposeAsync();
    }
}
