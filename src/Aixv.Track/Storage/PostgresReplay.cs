using Aixv.Track.Indexing;
using Aixv.Track.Tenants;
using Aixv.Transparency.Reading;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>Fills an empty index in PostgreSQL from the log, within a transaction of the caller's.</summary>
internal static class PostgresReplay
{
    private const int EntriesPerBatch = 2048;

    /// <summary>Returns the number of entries.</summary>
    public static async Task<long> RunAsync(NpgsqlConnection connection, LogReplay replay, TileReader reader, CancellationToken cancellationToken)
    {
        var writer = new PostgresIndexWriter(connection);
        var realms = new Dictionary<TrackId, Realm> { [Tenant.System.Id] = Realm.System };
        var batch = new List<IndexedEntry>();
        var count = 0L;
        await foreach (var entry in replay.ReadAsync(reader, 0, null, cancellationToken))
        {
            count++;
            if (entry.Changes.Created is { Type: RecordType.Tenant } tenant)
            {
                realms[tenant.Id] = Realm.OfTenant(entry.Index);
            }

            batch.Add(entry);
            if (batch.Count == EntriesPerBatch)
            {
                await AddAsync(writer, batch, realms, cancellationToken);
                batch.Clear();
            }
        }

        await AddAsync(writer, batch, realms, cancellationToken);
        return count;
    }

    private static async Task AddAsync(
        PostgresIndexWriter writer, List<IndexedEntry> batch, Dictionary<TrackId, Realm> realms, CancellationToken cancellationToken)
    {
        var touched = batch.SelectMany(e => e.Changes.Statuses.Select(s => s.Record).Concat(e.Changes.Replaced is { } replaced ? [replaced] : []));
        var records = await writer.FindRecordsAsync(touched, cancellationToken);
        var rows = new IndexBatch(records.GetValueOrDefault);
        foreach (var entry in batch)
        {
            rows.Add(entry, realms.TryGetValue(entry.Entry.Tenant, out var realm)
                ? realm
                : throw new InvalidDataException($"track: entry {entry.Index} is of the tenant {entry.Entry.Tenant}, which no entry before it makes"));
        }

        await writer.AddAsync(rows, cancellationToken);
    }
}
