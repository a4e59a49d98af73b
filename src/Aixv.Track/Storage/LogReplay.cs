using System.Runtime.CompilerServices;
using Aixv.Protocol.Receipts;
using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Reading;

namespace Aixv.Track.Storage;

/// <summary>The entries of the log, in its order, with what they change: log and blobs joined by the leaves.</summary>
/// <remarks>
/// Blobs lie about in the order in which their leaves were logged, so one pass over both suffices. A blob whose leaf never came is garbage of a crash or
/// of a refusal; only such, and those of other nodes that were a little later, wait in memory.
/// </remarks>
internal sealed class LogReplay(IBlobStore blobs, EntryKinds kinds)
{
    private readonly Dictionary<MerkleHash, Found> waiting = [];
    private readonly List<BlobLocation> attachments = [];

    private sealed record Found(BlobLocation Location, EntryFrame Frame, BlobLocation[] Attachments);

    /// <summary>Frames that were passed over: no leaf of the log is theirs, as far as was read.</summary>
    public int Unclaimed => waiting.Count;

    /// <param name="reader">The log.</param>
    /// <param name="from">The first entry's index.</param>
    /// <param name="after">The place of the frame before it; null for the first.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidDataException">An entry's blob is missing or is not what was logged.</exception>
    public async IAsyncEnumerable<IndexedEntry> ReadAsync(
        TileReader reader, long from, BlobLocation? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var scan = blobs.ScanAsync(after, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using var _ = scan;
        var index = from;
        await foreach (var leaf in reader.ReadEntriesAsync((ulong)from, cancellationToken))
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

            yield return Join(index++, leaf, found);
        }
    }

    private IndexedEntry Join(long index, ReadOnlyMemory<byte> leaf, Found found)
    {
        if (!EntryLeaf.Parse(leaf.Span).Holds(found.Frame.Salt.Span, found.Frame.Statement.Span))
        {
            throw new InvalidDataException($"track: the statement of the log's entry {index} is not the one that was logged: restore the blobs from a backup");
        }

        var entry = Entry.Parse(found.Frame.Statement);
        return new IndexedEntry(index, entry, found.Frame.Salt.IsEmpty, found.Location, found.Attachments, kinds.Project(entry, found.Frame));
    }

    private void Take(StoredBlob stored)
    {
        switch (stored.Blob.Kind)
        {
            case BlobKind.Attachment:
                attachments.Add(stored.Location);
                break;
            case BlobKind.Entry:
                var frame = EntryFrame.Parse(stored.Blob.Content);

                // What a crash left before them is none of its own.
                var own = Entry.Parse(frame.Statement).Attachments.Length;
                waiting[MerkleTree.HashLeaf(frame.Leaf.Span)] =
                    new Found(stored.Location, frame, own <= attachments.Count ? [.. attachments[^own..]] : throw Damaged(stored.Location));
                attachments.Clear();
                break;
        }
    }

    private static InvalidDataException Damaged(BlobLocation place) =>
        new($"track: pack {place.Pack} has an entry at offset {place.Offset} without its attachments");
}
