using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Writing;

/// <summary>Goes through journals, oldest first, and checks that each batch leads to the checkpoint that was made for it.</summary>
/// <param name="writer">Where to write the tiles again, or null to check only.</param>
/// <param name="published">The checkpoint to look out for.</param>
internal sealed class JournalReplay(TileWriter? writer, Checkpoint? published)
{
    private readonly LeafChunkPool pool = new(capacity: 64);
    private TreeEdge edge = TreeEdge.Empty;

    /// <summary>The last checkpoint found.</summary>
    internal SignedNote? Note { get; private set; }

    /// <summary>The size that the first journal goes on from.</summary>
    internal ulong StartSize { get; private set; }

    /// <summary>Whether one of the checkpoints is the published one.</summary>
    internal bool SawPublished { get; private set; }

    internal async ValueTask AddAsync(Stream journal, ulong number, CancellationToken cancellationToken)
    {
        var name = $"journal {number}";
        var header = await JournalHeader.ReadAsync(journal, name, cancellationToken).ConfigureAwait(false);
        var start = header.Rows.ToEdge();
        var checkpoint = Checkpoint.Parse(header.Checkpoint.Text.Span);
        if (start.Size != number || checkpoint.Size != number || checkpoint.Root != start.Root())
        {
            throw new InvalidDataException($"log: the start of {name} does not match its checkpoint");
        }

        if (Note is null)
        {
            StartSize = number;
        }
        else if (start.Size != edge.Size || start.Root() != edge.Root())
        {
            throw new InvalidDataException($"log: {name} does not go on from the one before, which ends at size {edge.Size}; entries are missing");
        }

        edge = start;
        Accept(header.Checkpoint, checkpoint);
        await AddFramesAsync(journal, header.Id, name, cancellationToken).ConfigureAwait(false);
    }

    private void Accept(SignedNote note, Checkpoint checkpoint)
    {
        Note = note;
        SawPublished |= checkpoint == published;
    }

    private async ValueTask AddFramesAsync(Stream journal, byte[] id, string name, CancellationToken cancellationToken)
    {
        while (true)
        {
            var position = journal.Position;
            var frame = await JournalFrame.ReadAsync(journal, id, cancellationToken).ConfigureAwait(false);
            if (frame?.ToBatch(pool) is not { } batch || !frame.Continues(edge, batch, out var tree))
            {
                await RequireTornTailAsync(journal, position, id, name, cancellationToken).ConfigureAwait(false);
                return;
            }

            if (writer is not null)
            {
                await writer.WriteAsync(tree, batch.Chunks, cancellationToken).ConfigureAwait(false);
            }

            edge = tree.After;
            pool.Return(batch.Chunks);
            Accept(frame.Note, frame.Checkpoint);
        }
    }

    /// <summary>What is no frame may only be the last batch, cut short; with another batch after it, it is damage.</summary>
    private static async ValueTask RequireTornTailAsync(Stream journal, long position, byte[] id, string name, CancellationToken cancellationToken)
    {
        journal.Position = Math.Min(position + 1, journal.Length);
        var window = new byte[1 << 20];
        var kept = 0;
        while (true)
        {
            var read = await journal.ReadAsync(window.AsMemory(kept), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            if (window.AsSpan(0, kept + read).IndexOf(id) >= 0)
            {
                throw new InvalidDataException($"log: {name} is damaged at byte {position}, with later batches after it; restore it from a copy");
            }

            var keep = Math.Min(kept + read, JournalHeader.IdLength - 1);
            window.AsSpan(kept + read - keep, keep).CopyTo(window);
            kept = keep;
        }
    }
}
