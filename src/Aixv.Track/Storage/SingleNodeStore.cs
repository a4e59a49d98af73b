using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;
using Microsoft.Data.Sqlite;

namespace Aixv.Track.Storage;

/// <summary>A registry in one folder of one machine: packs of blobs, a tile log, and the index in SQLite.</summary>
/// <remarks>
/// The order of a commit is the safety argument: blobs are durable before the log says that they exist, the log is durable and published before
/// anyone is answered. The index follows, beside the next batch, and whoever reads waits until it has what was answered (<see cref="OpenTransaction"/>).
/// What a crash leaves between is found again: <see cref="Reconciliation"/>.
/// </remarks>
internal sealed class SingleNodeStore : IRegistryStore
{
    private readonly StoreFolder folder;
    private readonly NoteSigner signer;
    private readonly EntryKinds kinds;
    private readonly TimeProvider time;
    private readonly SegmentBlobStore blobs;
    private readonly SqliteDatabase database;
    private readonly SqliteDatabase scratchDatabase;
    private readonly SqliteWrites scratchWrites;
    private readonly SqliteIndexWriter writer;
    private readonly IndexMemory memory = new();
    private readonly OpenTransaction transaction;
    private readonly SqlIndex index;
    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly FileTileStore tiles;
    private TileLog? log;
    private SignedNote latest = null!;
    private bool isBroken = true;

    private SingleNodeStore(StoreFolder folder, NoteSigner signer, EntryKinds kinds, TimeProvider time)
    {
        (this.folder, this.signer, this.kinds, this.time) = (folder, signer, kinds, time);
        blobs = new SegmentBlobStore(folder.Blobs);
        database = SqliteDatabase.Open(folder.Index, IndexSchema.Migrations, "NORMAL", automatic: 0);
        scratchDatabase = SqliteDatabase.Open(folder.Scratch, ScratchSchema.Migrations, "NORMAL");
        scratchWrites = new SqliteWrites(scratchDatabase);
        writer = new SqliteIndexWriter(database.Writer);
        transaction = new OpenTransaction(database, writer, time);
        database.BeforeReading = SettleAsync;
        tiles = new FileTileStore(folder.Log);
        index = new SqlIndex(database, blobs, memory);
        Scratch = new SqlScratch(scratchDatabase, scratchWrites);
        Log = new LogView(tiles, _ => new(Volatile.Read(ref latest)), signer.Verifier, signer.Name);
    }

    public Action<IReadOnlyList<(Realm Realm, IndexedEntry Entry)>>? Logged { get; set; }

    public IIndex Index => index;

    public IBlobStore Blobs => blobs;

    public LogView Log { get; }

    public IScratch Scratch { get; }

    /// <summary>How many entries the last opening found in the log and not in the index.</summary>
    public long Reconciled { get; private set; }

    /// <summary>Opens or makes a registry.</summary>
    /// <exception cref="IOException">It is in use, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">Something that was acknowledged is missing.</exception>
    public static async Task<SingleNodeStore> OpenAsync(
        StoreFolder folder, NoteSigner signer, EntryKinds kinds, TimeProvider time, CancellationToken cancellationToken)
    {
        var store = new SingleNodeStore(folder, signer, kinds, time);
        try
        {
            await store.MendAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    /// <summary>After a failure it is not known how far it came: the log is opened again, and the index follows it.</summary>
    private async Task MendAsync(CancellationToken cancellationToken)
    {
        if (log is { } old)
        {
            log = null;
            await old.DisposeAsync();
        }

        await transaction.EndAsync(cancellationToken);
        writer.Forget();
        log = await TileLog.OpenAsync(tiles, signer, new TileLogOptions(), time, cancellationToken);
        var reader = await TileReader.OpenAsync(tiles, Checkpoint.Parse(log.LatestCheckpoint.Text.Span), cancellationToken);
        Reconciled = await new Reconciliation(database.Writer, writer).RunAsync(new LogReplay(blobs, kinds), reader, cancellationToken);
        Volatile.Write(ref latest, log.LatestCheckpoint);
        memory.Clear((long)log.Size);
        transaction.Found();
        isBroken = false;
    }

    /// <summary>Before anything is read: what was acknowledged is in the index, or nothing is read.</summary>
    private ValueTask SettleAsync(CancellationToken cancellationToken) =>
        transaction.IsLost ? FindLostAsync(cancellationToken) : transaction.SettleAsync(cancellationToken);

    /// <summary>What was acknowledged and then lost by the index is read from the log again.</summary>
    private async ValueTask FindLostAsync(CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            if (transaction.IsLost)
            {
                await MendAsync(cancellationToken);
            }
        }
        catch (SqliteException e)
        {
            throw new IOException($"track: the index is behind the log and could not be written: {e.Message}", e);
        }
        finally
        {
            writing.Release();
        }
    }

    public async Task CommitAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            await CommitNextAsync(batch, cancellationToken);
        }
        finally
        {
            writing.Release();
        }
    }

    private async Task CommitNextAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken)
    {
        if (isBroken || transaction.IsLost)
        {
            await MendAsync(cancellationToken);
        }

        var check = await transaction.ReadAsync((keys, records) => Judge(batch, keys, records), cancellationToken);

        // Until it is known what was logged, nothing may be decided.
        isBroken = true;
        var written = check.Accepted.Count > 0 ? await WriteAsync(check, cancellationToken) : [];
        isBroken = false;
        foreach (var (entry, result) in written)
        {
            entry.Answer(result);
        }

        check.AnswerRest(entry => written[entry].Index);
    }

    private static BatchCheck Judge(IReadOnlyList<PendingEntry> batch, Func<Realm, string, KeyOwner?> keys, Func<TrackId, RecordState?> records)
    {
        var check = new BatchCheck(keys, records);
        foreach (var entry in batch)
        {
            check.Add(entry);
        }

        return check;
    }

    private async Task<Dictionary<PendingEntry, Written>> WriteAsync(BatchCheck check, CancellationToken cancellationToken)
    {
        var entries = check.Accepted;
        var stored = await StoredPlaces.WriteAsync(blobs, entries, cancellationToken);
        var appended = await log!.AppendAsync([.. entries.Select(e => e.Frame.Leaf)], cancellationToken);
        var written = new Dictionary<PendingEntry, Written>(entries.Count);
        var indexed = new List<(Realm Realm, IndexedEntry Entry)>(entries.Count);
        for (var i = 0; i < entries.Count; i++)
        {
            var (entry, place) = (entries[i], appended[i]);
            indexed.Add((entry.Tenant.Realm, new IndexedEntry(
                (long)place.Index, entry.Entry, entry.IsPublic, stored[entry].Frame, stored[entry].Attachments, entry.Changes)));
            written[entry] = new Written(entry.Entry, entry.Frame, (long)place.Index, entry.LeafHash, place.Checkpoint, place.Proof);
        }

        await transaction.AddAsync(new LoggedBatch([.. indexed.Select(i => i.Entry)], check, entry => written[entry].Index));
        Logged?.Invoke(indexed);
        Volatile.Write(ref latest, log.LatestCheckpoint);
        memory.Changed(entries, (long)log.Size);
        return written;
    }

    /// <remarks>Nobody else has the folder, so nothing changes while this process only audits.</remarks>
    public async ValueTask<AuditSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken) =>
        new(await database.OpenAsync(Realms.EveryTenant, cancellationToken), Volatile.Read(ref latest));

    public async Task<long> RebuildAsync(EntryKinds kinds, CancellationToken cancellationToken)
    {
        var reader = await Log.OpenAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        writer.Clear();
        var count = await new Reconciliation(database.Writer, writer).RunAsync(new LogReplay(blobs, kinds), reader, cancellationToken);
        memory.Clear((long)reader.Checkpoint.Size);
        return count;
    }

    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        // While a batch is on its way it is not known how it ends.
        if (isBroken && writing.CurrentCount > 0)
        {
            throw new IOException("track: the last batch failed; the next one tries to mend it");
        }

        await index.ReadSizeAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (log is not null)
        {
            await log.DisposeAsync();
        }

        await transaction.DisposeAsync();
        await blobs.DisposeAsync();
        scratchWrites.Dispose();
        scratchDatabase.Dispose();
        writer.Dispose();
        database.Dispose();
        folder.Dispose();
        writing.Dispose();
    }
}
