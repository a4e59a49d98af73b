using Aixv.Track.Indexing;
using Aixv.Transparency.Reading;

namespace Aixv.Track.Storage;

/// <summary>Brings an index in SQLite up to the log: what is logged and not indexed is replayed.</summary>
internal sealed class Reconciliation(SqlSession session, SqliteIndexWriter writer)
{
    private const int EntriesPerTransaction = 4096;

    /// <summary>Indexes what is missing and returns how many entries that were.</summary>
    /// <exception cref="InvalidDataException">Log and blobs do not hold what the index says, or the log.</exception>
    public async Task<long> RunAsync(LogReplay replay, TileReader reader, CancellationToken cancellationToken)
    {
        var (from, size) = (writer.Size(), (long)reader.Checkpoint.Size);
        if (from >= size)
        {
            return from == size
                ? 0
                : throw new InvalidDataException(
                    $"track: the index has {from} entries, the log {size}: the log was restored from an older copy; rebuild the index");
        }

        var entries = replay.ReadAsync(reader, from, writer.LastPlace(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = entries;
        for (var more = await entries.MoveNextAsync(); more;)
        {
            using var transaction = SqliteTransactionScope.Begin(session);
            for (var i = 0; i < EntriesPerTransaction && more; i++)
            {
                writer.Add(entries.Current);
                more = await entries.MoveNextAsync();
            }

            writer.CountDays();
            transaction.Commit();
        }

        return size - from;
    }
}
