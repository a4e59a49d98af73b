using Aixv.Protocol.Receipts;
using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Writing;

namespace Aixv.Track.Storage;

/// <summary>Brings the index up to the log: entries that are logged and not indexed are found among the blobs by their leaves.</summary>
/// <remarks>
/// Blobs lie in the order in which their leaves were logged, so one pass over both suffices; a blob whose leaf never came is garbage of a crash, and
/// only such are ever waiting in memory.
/// </remarks>
internal sealed class Reconciliation(SegmentBlobStore blobs, SqlSession session, SqliteIndexWriter writer, EntryKinds kinds)
{
    private const int EntriesPerTransaction = 4096;
    private readonly Dictionary<MerkleHash, Found> waiting = [];
    private readonly List<BlobLocation> attachments = [];

    private sealed record Found(BlobLocation Location, EntryFrame Frame, BlobLocation[] Attachments);

    /// <summary>Indexes what is missing and returns how many entries that were.</summary>
    /// <exception cref="InvalidDataException">The log and the blobs do not hold what the index or the log says.</exception>
    public async Task<long> RunAsync(ITileSource tiles, TileLog log, CancellationToken cancellationToken)
    {
        var (from, size) = (writer.Size(), (long)log.Size);
        if (from > size)
        {
            throw new InvalidDataException($"track: the index has {from} entries, the log {size}: the log was restored from an older copy; rebuild the index");
        }

        if (from == size)
        {
            return 0;
        }

        var checkpoint = Transparency.Checkpoints.Checkpoint.Parse(log.LatestCheckpoint.Text.Span);
        var reader = await TileReader.OpenAsync(tiles, checkpoint, cancellationToken);
        var scan = blobs.ScanAsync(writer.LastPlace(), cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = scan;
        var leaves = reader.ReadEntriesAsync((ulong)from, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var __ = leaves;
        for (var index = from; index < size;)
        {
            using var transaction = SqliteTransactionScope.Begin(session);
            for (var end = Math.Min(size, index + EntriesPerTransaction); index < end; index++)
            {
                await leaves.MoveNextAsync();
                await IndexAsync(index, leaves.Current, scan);
            }

            writer.CountDays();
            transaction.Commit();
        }

        return size - from;
    }

    private async ValueTask IndexAsync(long index, ReadOnlyMemory<byte> leaf, IAsyncEnumerator<StoredBlob> scan)
    {
        var hash = MerkleTree.HashLeaf(leaf.Span);
        Found? found;
        while (!waiting.Remove(hash, out found))
        {
            if (!await scan.MoveNextAsync())
            {
                throw new InvalidDataException($"track: the log's entry {index} is not among the blobs: restore them from a backup");
            }

            Take(scan.Current);
        }

        if (!EntryLeaf.Parse(leaf.Span).Holds(found.Frame.Salt.Span, found.Frame.Statement.Span))
        {
            throw new InvalidDataException($"track: the statement of the log's entry {index} is not the one that was logged: restore the blobs from a backup");
        }

        var entry = Entry.Parse(found.Frame.Statement);
        writer.Add(new IndexedEntry(index, entry, found.Frame.Salt.IsEmpty, found.Location, found.Attachments, kinds.Project(entry, found.Frame)));
    }

    private static InvalidDataException Damaged(BlobLocation place) =>
        new($"track: pack {place.Pack} has an entry at offset {place.Offset} without its attachments");

    private void Take(StoredBlob stored)
    {
        switch (stored.Blob.Kind)
        {
            case BlobKind.Attachment:
                attachments.Add(stored.Location);
                break;
            case BlobKind.Entry:
                var frame = EntryFrame.Parse(stored.Blob.Content);
                var leaf = MerkleTree.HashLeaf(frame.Leaf.Span);

                // What a crash left before them is none of its own.
                var own = Entry.Parse(frame.Statement).Attachments.Length;
                waiting[leaf] = new Found(stored.Location, frame, own <= attachments.Count ? [.. attachments[^own..]] : throw Damaged(stored.Location));
                attachments.Clear();
                break;
        }
    }
}
