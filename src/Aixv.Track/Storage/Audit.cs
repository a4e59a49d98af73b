using Aixv.Sigstore.Artifacts;
using Aixv.Track.Indexing;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Reading;

namespace Aixv.Track.Storage;

/// <summary>
/// Proves that log, blobs and index agree: every tile leads to the signed root, every entry's statement and attachments are the ones that were logged,
/// and the index is exactly what these make. And that the log has only grown since an earlier checkpoint.
/// </summary>
internal sealed class Audit(IRegistryStore store, AuditSnapshot snapshot, EntryKinds kinds)
{
    private const int EntriesPerTransaction = 4096;

    /// <param name="before">The checkpoint of an earlier audit, kept where the server cannot change it; null for none.</param>
    /// <param name="scratchFolder">Where the index that is compared with is made.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What is wrong; nothing, when all is well.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(SignedNote? before, string scratchFolder, CancellationToken cancellationToken)
    {
        var note = snapshot.Checkpoint;
        var faults = new List<string>();
        if (store.Log.Verifier.Check(note) != NoteVerdict.Valid)
        {
            faults.Add("the latest checkpoint is not signed by the log's key");
        }

        var file = Path.Combine(scratchFolder, $"audit-{Path.GetRandomFileName()}.db");
        try
        {
            var reader = await TileReader.OpenAsync(store.Log.Tiles, Checkpoint.Parse(note.Text.Span), cancellationToken);
            await CompareAsync(before, reader, faults, cancellationToken);
            using var fresh = SqliteDatabase.Open(file, IndexSchema.Migrations, "OFF");
            await FillAsync(reader, fresh, faults, cancellationToken);
            await CompareAsync(fresh, faults, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or FileNotFoundException or FormatException)
        {
            faults.Add(e.Message);
        }
        finally
        {
            foreach (var part in (string[])["", "-wal", "-shm"])
            {
                File.Delete(file + part);
            }
        }

        return faults;
    }

    private async Task CompareAsync(SignedNote? before, TileReader reader, List<string> faults, CancellationToken cancellationToken)
    {
        if (before is null)
        {
            return;
        }

        var old = Checkpoint.Parse(before.Text.Span);
        if (store.Log.Verifier.Check(before) != NoteVerdict.Valid)
        {
            faults.Add("the earlier checkpoint is not signed by the log's key");
        }
        else if (old.Size > reader.Checkpoint.Size)
        {
            faults.Add($"the log has {reader.Checkpoint.Size} entries, the earlier checkpoint {old.Size}: it was cut");
        }
        else if (await reader.RootAtAsync(old.Size, cancellationToken) != old.Root)
        {
            faults.Add($"the log's first {old.Size} entries are not those of the earlier checkpoint: it was rewritten");
        }
    }

    /// <summary>Replays the log into an empty index, and checks the attachments on the way.</summary>
    private async Task FillAsync(TileReader reader, SqliteDatabase fresh, List<string> faults, CancellationToken cancellationToken)
    {
        using var writer = new SqliteIndexWriter(fresh.Writer);
        var transaction = SqliteTransactionScope.Begin(fresh.Writer);
        await foreach (var entry in new LogReplay(store.Blobs, kinds).ReadAsync(reader, 0, null, cancellationToken))
        {
            writer.Add(entry);
            for (var i = 0; i < entry.Attachments.Count; i++)
            {
                var content = await store.Blobs.ReadAsync(entry.Attachments[i], cancellationToken);
                if (Digest.Of(content.Span) != entry.Entry.Attachments[i])
                {
                    faults.Add($"the attachment {entry.Entry.Attachments[i]} of the log's entry {entry.Index} is not what it was");
                }
            }

            if (entry.Index % EntriesPerTransaction == EntriesPerTransaction - 1)
            {
                transaction.Commit();
                transaction = SqliteTransactionScope.Begin(fresh.Writer);
            }
        }

        writer.CountDays();
        transaction.Commit();
    }

    private async Task CompareAsync(SqliteDatabase fresh, List<string> faults, CancellationToken cancellationToken)
    {
        foreach (var table in IndexSchema.Tables)
        {
            var (present, wanted) = (
                await IndexDigest.OfAsync(snapshot.Index, table, cancellationToken), await IndexDigest.OfAsync(fresh.Writer, table, cancellationToken));
            if (present != wanted)
            {
                faults.Add($"the index's table {table} has {present.Count} rows, and not the {wanted.Count} that the log makes: rebuild the index");
            }
        }
    }
}
