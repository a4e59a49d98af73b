using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>A registry of any number of nodes: log and index in PostgreSQL, blobs and full tiles there or in an object store.</summary>
/// <remarks>Blobs are durable before the transaction that names them; log, checkpoint and index are one transaction, so nothing has to be reconciled.</remarks>
internal sealed class PostgresStore : IRegistryStore
{
    private const long CacheBytes = 64L * 1024 * 1024;
    private static readonly TimeSpan MoveInterval = TimeSpan.FromSeconds(2);
    private readonly PostgresDatabase database;
    private readonly NoteSigner signer;
    private readonly PostgresTiles tiles;
    private readonly IObjectStore? tileObjects;
    private readonly CancellationTokenSource stopping = new();
    private readonly Action<Exception> failed;
    private Task moving = Task.CompletedTask;

    private PostgresStore(PostgresDatabase database, NoteSigner signer, Func<IObjectStore>? objects, Action<Exception> failed)
    {
        (this.database, this.signer, this.failed) = (database, signer, failed);
        tileObjects = objects?.Invoke();
        tiles = new PostgresTiles(database, tileObjects);
        Blobs = new CachedBlobStore(
            objects is null ? new PostgresBlobStore(database) : new ObjectBlobStore(objects(), database.NextPackAsync), CacheBytes);
        Index = new SqlIndex(database, Blobs);
        Scratch = new SqlScratch(database, database);
        Log = new LogView(tiles, LatestAsync, signer.Verifier, signer.Name);
    }

    /// <remarks>Nobody is: other nodes write too, and whoever follows reads all from the index.</remarks>
    public Action<IReadOnlyList<(Realm Realm, IndexedEntry Entry)>>? Logged { get; set; }

    public IIndex Index { get; }

    public IBlobStore Blobs { get; }

    public LogView Log { get; }

    public IScratch Scratch { get; }

    /// <summary>Opens the registry of a database, or makes it.</summary>
    /// <param name="connection">Where the database is.</param>
    /// <param name="signer">The log's key, the same for all nodes.</param>
    /// <param name="objects">Opens the object store; null keeps everything in the database.</param>
    /// <param name="failed">Told when tiles could not be moved; that is tried again.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The database cannot be used, or its log has another key.</exception>
    public static async Task<PostgresStore> OpenAsync(
        string connection, NoteSigner signer, Func<IObjectStore>? objects, Action<Exception> failed, TimeProvider time, CancellationToken cancellationToken)
    {
        var database = await PostgresDatabase.OpenAsync(connection, cancellationToken);
        try
        {
            await BeginLogAsync(database, signer, cancellationToken);
            var store = new PostgresStore(database, signer, objects, failed);
            store.moving = store.tileObjects is { } target ? Task.Run(() => store.MoveAsync(target, time), CancellationToken.None) : Task.CompletedTask;
            return store;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private static async Task BeginLogAsync(PostgresDatabase database, NoteSigner signer, CancellationToken cancellationToken)
    {
        var (key, empty) = (signer.Verifier.ToVerifierKey(), signer.Sign(new Checkpoint(signer.Name, 0, MerkleTree.EmptyRoot, []).ToText()));
        var found = await database.RunAsync(
            async session =>
            {
                await session.Command(
                    "INSERT INTO log_state VALUES(1,@p0,0,@p1,@p2) ON CONFLICT DO NOTHING", key, Array.Empty<byte>(), empty.ToBytes()).ExecuteNonQueryAsync(cancellationToken);
                return (string)(await session.Command("SELECT log_key FROM log_state").ExecuteScalarAsync(cancellationToken))!;
            },
            cancellationToken);
        if (found != key)
        {
            throw new IOException($"track: the database's log has the key {found}, this node has {key}: give every node the same file (setting 'log-key')");
        }
    }

    private async ValueTask<SignedNote> LatestAsync(CancellationToken cancellationToken) =>
        SignedNote.Parse((await tiles.ReadAsync(ITileStore.CheckpointPath, cancellationToken))!.Value.Span);

    public async Task CommitAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        try
        {
            var wanted = await SiftAsync(batch, cancellationToken);
            if (wanted.Count > 0)
            {
                await WriteAsync(wanted, await StoredPlaces.WriteAsync(Blobs, wanted, cancellationToken), cancellationToken);
            }
        }
        catch (NpgsqlException e)
        {
            throw new IOException($"track: the database failed: {e.Message}", e);
        }
    }

    /// <summary>Answers what the index refuses already, before anything is stored: a key that is taken stays taken.</summary>
    private async Task<IReadOnlyList<PendingEntry>> SiftAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(Realms.EveryTenant, cancellationToken);
        var writer = new PostgresIndexWriter(connection);
        foreach (var (key, found) in await writer.FindKeysAsync(
            [.. batch.SelectMany(e => e.Changes.Keys.Select(k => (e.Tenant.Realm, k.Key))).Distinct()], cancellationToken))
        {
            foreach (var entry in batch)
            {
                var same = entry.Tenant.Realm == key.Realm ? entry.Changes.Keys.FirstOrDefault(k => k.Key == key.Key) : null;
                if (same is not null && !same.Fingerprint.Span.SequenceEqual(found.Fingerprint))
                {
                    entry.Answer(new Taken(found.Index, key.Key));
                }
            }
        }

        return [.. batch.Where(e => !e.Outcome.IsCompleted)];
    }

    private async Task WriteAsync(
        IReadOnlyList<PendingEntry> entries, Dictionary<PendingEntry, StoredPlaces> places, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(Realms.EveryTenant, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var sequencer = new PostgresSequencer(connection, transaction, signer);
        await sequencer.LockAsync(cancellationToken);
        var check = await sequencer.CheckAsync(entries, cancellationToken);
        var written = check.Accepted.Count > 0 ? await sequencer.AppendAsync(check.Accepted, places, cancellationToken) : [];
        await transaction.CommitAsync(cancellationToken);
        foreach (var (entry, result) in written)
        {
            entry.Answer(result);
        }

        check.AnswerRest(entry => written[entry].Index);
    }

    private async Task MoveAsync(IObjectStore target, TimeProvider time)
    {
        var materializer = new TileMaterializer(database, tiles, target);
        using var timer = new PeriodicTimer(MoveInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                try
                {
                    await materializer.RunAsync(stopping.Token);
                }
                catch (Exception e) when (e is IOException or NpgsqlException)
                {
                    failed(e);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopping: what is not moved stays in the rows.
        }
    }

    public async ValueTask<AuditSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken);
        try
        {
            await session.Command("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").ExecuteNonQueryAsync(cancellationToken);
            var note = (byte[])(await session.Command("SELECT checkpoint FROM log_state").ExecuteScalarAsync(cancellationToken))!;
            return new AuditSnapshot(session, SignedNote.Parse(note));
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    public async Task<long> RebuildAsync(EntryKinds kinds, CancellationToken cancellationToken)
    {
        await using var connection = await database.ConnectAsync(Realms.EveryTenant, cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await new PostgresSequencer(connection, transaction, signer).LockAsync(cancellationToken);
        await using (var clear = new NpgsqlCommand($"TRUNCATE {string.Join(',', IndexSchema.Tables)}", connection, transaction))
        {
            await clear.ExecuteNonQueryAsync(cancellationToken);
        }

        var count = await PostgresReplay.RunAsync(connection, new LogReplay(Blobs, kinds), await Log.OpenAsync(cancellationToken), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return count;
    }

    public async Task CheckAsync(CancellationToken cancellationToken) => await Index.SizeAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await moving;
        await Blobs.DisposeAsync();
        tileObjects?.Dispose();
        await database.DisposeAsync();
        stopping.Dispose();
    }
}
