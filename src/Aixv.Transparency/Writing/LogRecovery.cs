using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;

namespace Aixv.Transparency.Writing;

/// <summary>Brings a log back to the state of its last durable batch; docs/transparency-log.md argues why nothing published is lost.</summary>
internal sealed class LogRecovery(ITileStore store, NoteVerifier verifier, string origin)
{
    /// <summary>The state to go on from, or null where no log has been yet.</summary>
    /// <exception cref="InvalidDataException">The directory holds something else than what its checkpoint says.</exception>
    internal async ValueTask<RecoveredLog?> RunAsync(CancellationToken cancellationToken)
    {
        var published = await PublishedAsync(cancellationToken).ConfigureAwait(false);
        var journals = await store.ListJournalsAsync(cancellationToken).ConfigureAwait(false);
        if (journals.Count == 0)
        {
            return published is null
                ? null
                : throw new InvalidDataException($"log: the checkpoint says {published.Size} entries but there is no journal; restore it from a copy");
        }

        // First without writing: tiles are only touched once the journals are known to agree with what was published.
        var last = await ReplayAsync(journals, published, writer: null, cancellationToken).ConfigureAwait(false);
        var rows = (await ReadHeaderAsync(journals[0], cancellationToken).ConfigureAwait(false)).Rows;
        var writer = new TileWriter(store, rows);
        await ReplayAsync(journals, published, writer, cancellationToken).ConfigureAwait(false);
        await writer.WritePartialsAsync(_ => true, cancellationToken).ConfigureAwait(false);
        await store.SyncAsync(cancellationToken).ConfigureAwait(false);
        return new RecoveredLog(last, writer, journals);
    }

    private async ValueTask<Checkpoint?> PublishedAsync(CancellationToken cancellationToken)
    {
        var bytes = await store.ReadAsync(ITileStore.CheckpointPath, cancellationToken).ConfigureAwait(false);

        // A power failure may leave an empty or zeroed file; the journal has what it held.
        return bytes is { } note && note.Span.ContainsAnyExcept((byte)0) ? Verified(SignedNote.Parse(note.Span)) : null;
    }

    /// <exception cref="InvalidDataException">Signed by another key, or of another log.</exception>
    private Checkpoint Verified(SignedNote note)
    {
        if (verifier.Check(note) != NoteVerdict.Valid)
        {
            throw new InvalidDataException(
                $"log: its checkpoint is not signed by the key '{verifier.Name}' that it is opened with; give the key that it was made with");
        }

        var checkpoint = Checkpoint.Parse(note.Text.Span);
        return checkpoint.Origin == origin
            ? checkpoint
            : throw new InvalidDataException($"log: its origin is '{checkpoint.Origin}', it is opened as '{origin}'");
    }

    private async ValueTask<JournalHeader> ReadHeaderAsync(ulong number, CancellationToken cancellationToken)
    {
        var journal = await store.OpenJournalAsync(number, cancellationToken).ConfigureAwait(false);
        await using var _ = journal.ConfigureAwait(false);
        return await JournalHeader.ReadAsync(journal, $"journal {number}", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes through all journals and returns the last note, having checked that it extends the published checkpoint.</summary>
    private async ValueTask<SignedNote> ReplayAsync(
        IReadOnlyList<ulong> journals, Checkpoint? published, TileWriter? writer, CancellationToken cancellationToken)
    {
        var replay = new JournalReplay(writer, published);
        foreach (var number in journals)
        {
            var journal = await store.OpenJournalAsync(number, cancellationToken).ConfigureAwait(false);
            await using var _ = journal.ConfigureAwait(false);
            await replay.AddAsync(journal, number, cancellationToken).ConfigureAwait(false);
        }

        var last = replay.Note ?? throw new InvalidDataException("log: no journal could be read");
        Verified(last);
        if (published is not null && !replay.SawPublished)
        {
            await RequireExtensionAsync(published, Checkpoint.Parse(last.Text.Span), replay.StartSize, cancellationToken).ConfigureAwait(false);
        }

        return last;
    }

    /// <summary>The published checkpoint is none of the journals' own: only an older one, as after restoring that file, will do.</summary>
    private async ValueTask RequireExtensionAsync(
        Checkpoint published, Checkpoint recovered, ulong startSize, CancellationToken cancellationToken)
    {
        if (published.Size >= startSize)
        {
            throw new InvalidDataException(
                $"log: the published checkpoint (size {published.Size}, root {published.Root}) is not in the journals, which end at size "
                + $"{recovered.Size}, root {recovered.Root}; restore the log's directory from a copy, do not publish a second history");
        }

        var header = await ReadHeaderAsync(startSize, cancellationToken).ConfigureAwait(false);
        var reader = await TileReader.OpenAsync(store, Checkpoint.Parse(header.Checkpoint.Text.Span), cancellationToken).ConfigureAwait(false);
        if (await reader.RootAtAsync(published.Size, cancellationToken).ConfigureAwait(false) != published.Root)
        {
            throw new InvalidDataException($"log: its tiles do not extend the published checkpoint (size {published.Size}, root {published.Root})");
        }
    }
}
