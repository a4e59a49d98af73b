using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>Makes batches durable and public, one after another: tree, signature, journal, tiles, checkpoint.</summary>
internal sealed class BatchCommitter : IAsyncDisposable
{
    private readonly ITileStore store;
    private readonly NoteSigner signer;
    private readonly TileLogOptions options;
    private readonly string origin;
    private TileWriter writer = null!;
    private TreeEdge edge = TreeEdge.Empty;
    private Journal journal = null!;
    private Task settling = Task.CompletedTask;
    private Task cleaning = Task.CompletedTask;
    private PublishedCheckpoint latest = null!;

    private BatchCommitter(ITileStore store, NoteSigner signer, TileLogOptions options)
    {
        this.store = store;
        this.signer = signer;
        this.options = options;
        origin = options.Origin ?? signer.Name;
    }

    internal PublishedCheckpoint Latest => Volatile.Read(ref latest);

    internal static async ValueTask<BatchCommitter> OpenAsync(
        ITileStore store, NoteSigner signer, TileLogOptions options, CancellationToken cancellationToken)
    {
        var committer = new BatchCommitter(store, signer, options);
        var found = await new LogRecovery(store, signer.Verifier, committer.origin).RunAsync(cancellationToken).ConfigureAwait(false);
        await committer.StartAsync(found, cancellationToken).ConfigureAwait(false);
        return committer;
    }

    /// <summary>Goes on in a new journal: what was found has been read from old ones and may not have reached the disk.</summary>
    private async ValueTask StartAsync(RecoveredLog? found, CancellationToken cancellationToken)
    {
        writer = found?.Writer ?? new TileWriter(store, new TileRows());
        edge = writer.Rows.ToEdge();
        var note = found?.Note ?? signer.Sign(new Checkpoint(origin, 0, edge.Root(), []).ToText());
        journal = await Journal.CreateAsync(store, note, writer.Rows, cancellationToken).ConfigureAwait(false);
        await PublishAsync(note, note.ToBytes(), cancellationToken).ConfigureAwait(false);
        foreach (var old in (found?.Journals ?? []).Where(number => number != journal.Number))
        {
            await store.DeleteJournalAsync(old, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask PublishAsync(SignedNote note, byte[] bytes, CancellationToken cancellationToken)
    {
        await store.WriteAsync(ITileStore.CheckpointPath, bytes, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref latest, new PublishedCheckpoint(note, Checkpoint.Parse(note.Text.Span)));
    }

    /// <summary>Extends the tree in memory and signs it. Batches are written in the order in which they are prepared.</summary>
    /// <exception cref="IOException">An entry could not be hashed; the tree is as before.</exception>
    internal PreparedBatch Prepare(AppendBatch batch)
    {
        batch.WaitUntilFilled();
        var tree = new TreeExtension(edge, batch.LeafHashes());
        var note = signer.Sign(new Checkpoint(origin, tree.After.Size, tree.Root, []).ToText());
        var prepared = new PreparedBatch(batch, edge.Size, tree, note);
        edge = tree.After;
        return prepared;
    }

    /// <summary>Makes a batch durable and public. It is not cancelled: a batch is written whole, or the log stops.</summary>
    internal async Task WriteAsync(PreparedBatch prepared)
    {
        // The order is the safety argument: first durable, then readable, then announced, then answered.
        var bytes = prepared.Note.ToBytes();
        await journal.AppendAsync(prepared.FirstIndex, prepared.Batch, bytes, CancellationToken.None).ConfigureAwait(false);
        await writer.WriteAsync(prepared.Tree, prepared.Batch.Chunks, CancellationToken.None).ConfigureAwait(false);
        await PublishAsync(prepared.Note, bytes, CancellationToken.None).ConfigureAwait(false);
        if (writer.HasSuperseded && cleaning.IsCompleted)
        {
            await cleaning.ConfigureAwait(false);
            var superseded = writer.TakeSuperseded();
            cleaning = Task.Run(() => CleanAsync(superseded));
        }

        if (journal.Length >= options.JournalBytes)
        {
            await StartNextJournalAsync(prepared.Note).ConfigureAwait(false);
        }
    }

    private async Task CleanAsync(List<TilePath> superseded)
    {
        foreach (var path in superseded)
        {
            await store.DeletePartialsAsync(path, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>The old journal is deleted once the tiles written from it are on the disk; until then both are kept.</summary>
    private async ValueTask StartNextJournalAsync(SignedNote note)
    {
        await settling.ConfigureAwait(false);
        var old = journal;
        journal = await Journal.CreateAsync(store, note, writer.Rows, CancellationToken.None).ConfigureAwait(false);
        await old.DisposeAsync().ConfigureAwait(false);
        settling = Task.Run(() => SettleAsync(old.Number));
    }

    private async Task SettleAsync(ulong oldJournal)
    {
        await store.SyncAsync(CancellationToken.None).ConfigureAwait(false);
        await store.DeleteJournalAsync(oldJournal, CancellationToken.None).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        // A failed sync keeps the old journal, from which the next opening writes the tiles again.
        await settling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await cleaning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await journal.DisposeAsync().ConfigureAwait(false);
    }
}
