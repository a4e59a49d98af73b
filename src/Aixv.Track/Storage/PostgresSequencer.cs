using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;
using Aixv.Transparency.Writing;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>Gives entries their places in the one log of all nodes: in one transaction that holds the row <c>log_state</c>.</summary>
/// <remarks>
/// Whoever holds the row knows the tree; whoever lost it (paused, cut off, killed) cannot commit, and so has written nothing. The checkpoint is signed
/// inside, and published by the commit.
/// </remarks>
internal sealed class PostgresSequencer(NpgsqlConnection connection, NpgsqlTransaction transaction, NoteSigner signer)
{
    private readonly PostgresIndexWriter writer = new(connection);
    private TreeEdge edge = TreeEdge.Empty;

    /// <summary>Waits for the row and reads the tree. A holder that hangs loses it after some seconds.</summary>
    public async Task LockAsync(CancellationToken cancellationToken)
    {
        await RunAsync("SET LOCAL idle_in_transaction_session_timeout='10s'; SET LOCAL lock_timeout='30s'", cancellationToken);
        await using var command = new NpgsqlCommand("SELECT size,edge FROM log_state FOR UPDATE", connection, transaction);
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        edge = TreeEdgeBytes.Read((ulong)rows.GetInt64(0), rows.GetFieldValue<byte[]>(1));
    }

    private async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection, transaction);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Judges a batch by the index as it is now.</summary>
    public Task<BatchCheck> CheckAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken) => CheckAsync(writer, batch, cancellationToken);

    /// <summary>Judges a batch by the index as a connection sees it.</summary>
    public static async Task<BatchCheck> CheckAsync(PostgresIndexWriter index, IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        var keys = await index.FindKeysAsync(
            [.. batch.SelectMany(e => e.Changes.Keys.Select(k => (e.Tenant.Realm, k.Key))).Distinct()], cancellationToken);
        var records = await index.FindRecordsAsync(batch.SelectMany(RecordsOf), cancellationToken);
        var check = new BatchCheck((realm, key) => keys.GetValueOrDefault((realm, key)), records.GetValueOrDefault);
        foreach (var entry in batch)
        {
            check.Add(entry);
        }

        return check;
    }

    private static IEnumerable<TrackId> RecordsOf(PendingEntry entry) =>
        entry.Changes.Requirements.Select(r => r.Record).Concat(entry.Changes.Statuses.Select(s => s.Record))
            .Concat(entry.Changes.Replaced is { } replaced ? [replaced] : []);

    /// <summary>Appends entries to log and index, before the commit.</summary>
    public async Task<Dictionary<PendingEntry, Written>> AppendAsync(
        IReadOnlyList<PendingEntry> entries, IReadOnlyDictionary<PendingEntry, StoredPlaces> places, CancellationToken cancellationToken)
    {
        var before = edge;
        var tree = new TreeExtension(before, [.. entries.Select(e => e.LeafHash)]);
        var note = signer.Sign(new Checkpoint(signer.Name, tree.After.Size, tree.Root, []).ToText());
        var records = await writer.FindRecordsAsync(entries.SelectMany(RecordsOf), cancellationToken);
        var rows = new IndexBatch(records.GetValueOrDefault);
        var written = new Dictionary<PendingEntry, Written>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, index) = (entries[i], (long)before.Size + i);
            rows.Add(new IndexedEntry(index, entry.Entry, entry.IsPublic, places[entry].Frame, places[entry].Attachments, entry.Changes), entry.Tenant.Realm);
            written[entry] = new Written(entry.Entry, entry.Frame, index, entry.LeafHash, note, tree.Prove((ulong)index));
        }

        await WriteLogAsync(before, tree, entries, note, cancellationToken);
        await writer.AddAsync(rows, cancellationToken);
        return written;
    }

    private async Task WriteLogAsync(
        TreeEdge before, TreeExtension tree, IReadOnlyList<PendingEntry> entries, SignedNote note, CancellationToken cancellationToken)
    {
        await using var all = new NpgsqlBatch(connection, transaction);
        Add(all, "INSERT INTO log_leaves SELECT * FROM unnest($1,$2)",
            new NpgsqlParameter<long[]> { TypedValue = [.. Enumerable.Range(0, entries.Count).Select(i => (long)before.Size + i)] },
            new NpgsqlParameter<byte[][]> { TypedValue = [.. entries.Select(e => e.Frame.Leaf.ToArray())] });
        var (levels, numbers, hashes) = (new List<int>(), new List<long>(), new List<byte[]>());
        foreach (var (level, number, part) in TileParts(before.Size, tree))
        {
            levels.Add(level);
            numbers.Add(number);
            hashes.Add(part);
        }

        Add(all, "INSERT INTO log_tiles SELECT * FROM unnest($1,$2,$3) ON CONFLICT(level,number) DO UPDATE SET hashes=log_tiles.hashes||excluded.hashes",
            new NpgsqlParameter<int[]> { TypedValue = [.. levels] },
            new NpgsqlParameter<long[]> { TypedValue = [.. numbers] },
            new NpgsqlParameter<byte[][]> { TypedValue = [.. hashes] });
        Add(all, "UPDATE log_state SET size=$1,edge=$2,checkpoint=$3",
            new NpgsqlParameter<long> { TypedValue = (long)tree.After.Size },
            new NpgsqlParameter<byte[]> { TypedValue = TreeEdgeBytes.Write(tree.After) },
            new NpgsqlParameter<byte[]> { TypedValue = note.ToBytes() });
        await all.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add(NpgsqlBatch all, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        all.BatchCommands.Add(command);
    }

    /// <summary>The new hashes of every tile level, cut where tiles end.</summary>
    private static List<(int Level, long Number, byte[] Hashes)> TileParts(ulong before, TreeExtension tree)
    {
        var parts = new List<(int, long, byte[])>();
        for (var level = 0; level < TreeEdge.Levels / 8; level++)
        {
            var added = tree.Added(8 * level);
            var first = before >> (8 * level);
            for (var from = 0; from < added.Length;)
            {
                var number = (first + (ulong)from) / TilePath.FullWidth;
                var to = (int)Math.Min((ulong)added.Length, (number + 1) * TilePath.FullWidth - first);
                var bytes = new byte[(to - from) * MerkleHash.Length];
                for (var i = from; i < to; i++)
                {
                    added[i].Span.CopyTo(bytes.AsSpan((i - from) * MerkleHash.Length));
                }

                parts.Add((level, (long)number, bytes));
                from = to;
            }
        }

        return parts;
    }
}
