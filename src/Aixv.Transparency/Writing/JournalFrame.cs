using System.Buffers.Binary;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>One batch in a journal: its entries and the checkpoint that covers them, in one write and one sync.</summary>
/// <remarks>
/// Journal id (16), index of the first entry (u64), number of entries (u32), length of the entries (u32), length of the
/// checkpoint (u32), CRC-32C of these and the checkpoint (u32); then checkpoint and entries. Big-endian. The entries need no
/// checksum: the checkpoint has their root. The id is random, so no entry can hold bytes that look like a frame.
/// </remarks>
internal sealed record JournalFrame(ulong FirstIndex, int Count, SignedNote Note, Checkpoint Checkpoint, ReadOnlyMemory<byte> Entries)
{
    internal const int MaximumEntries = 1 << 20;
    internal const int MaximumBytes = 1 << 28;
    private const int FirstIndexAt = 16;
    private const int CountAt = 24;
    private const int EntriesLengthAt = 28;
    private const int NoteLengthAt = 32;
    private const int CrcAt = 36;
    private const int FixedLength = 40;

    /// <summary>All of a frame but the entries.</summary>
    internal static byte[] Start(ReadOnlySpan<byte> id, ulong firstIndex, AppendBatch batch, ReadOnlySpan<byte> note)
    {
        var bytes = new byte[FixedLength + note.Length];
        id.CopyTo(bytes);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(FirstIndexAt), firstIndex);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(CountAt), batch.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(EntriesLengthAt), batch.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(NoteLengthAt), note.Length);
        note.CopyTo(bytes.AsSpan(FixedLength));
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(CrcAt), Checksum(bytes));
        return bytes;
    }

    private static uint Checksum(ReadOnlySpan<byte> start) => Crc32C.Append(Crc32C.Append(0, start[..CrcAt]), start[FixedLength..]);

    /// <summary>Reads the next frame; null at the end and where no whole, sound frame is.</summary>
    internal static async ValueTask<JournalFrame?> ReadAsync(Stream journal, byte[] id, CancellationToken cancellationToken)
    {
        var fixedPart = await ReadExactlyAsync(journal, FixedLength, cancellationToken).ConfigureAwait(false);
        if (fixedPart is null || !fixedPart.AsSpan().StartsWith(id))
        {
            return null;
        }

        var count = BinaryPrimitives.ReadInt32BigEndian(fixedPart.AsSpan(CountAt));
        var entriesLength = BinaryPrimitives.ReadInt32BigEndian(fixedPart.AsSpan(EntriesLengthAt));
        var noteLength = BinaryPrimitives.ReadInt32BigEndian(fixedPart.AsSpan(NoteLengthAt));
        if (count is < 1 or > MaximumEntries || entriesLength is < 0 or > MaximumBytes || noteLength is < 0 or > SignedNote.MaximumLength
            || await ReadExactlyAsync(journal, noteLength, cancellationToken).ConfigureAwait(false) is not { } note
            || BinaryPrimitives.ReadUInt32BigEndian(fixedPart.AsSpan(CrcAt)) != Checksum([.. fixedPart, .. note])
            || !SignedNote.TryParse(note, out var signed, out _)
            || !Checkpoints.Checkpoint.TryParse(signed.Text.Span, out var checkpoint, out _)
            || await ReadExactlyAsync(journal, entriesLength, cancellationToken).ConfigureAwait(false) is not { } entries)
        {
            return null;
        }

        var first = BinaryPrimitives.ReadUInt64BigEndian(fixedPart.AsSpan(FirstIndexAt));
        return new JournalFrame(first, count, signed, checkpoint, entries);
    }

    private static async ValueTask<byte[]?> ReadExactlyAsync(Stream journal, int length, CancellationToken cancellationToken)
    {
        if (journal.Length - journal.Position < length)
        {
            return null;
        }

        var bytes = new byte[length];
        await journal.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>The entries, put in chunks as they were when they were appended; null when they are not <see cref="Count"/> entries.</summary>
    internal AppendBatch? ToBatch(LeafChunkPool pool)
    {
        var batch = new AppendBatch();
        var rest = Entries.Span;
        while (rest.Length >= EntryBundle.PrefixLength && batch.Count < Count)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            if (rest.Length - EntryBundle.PrefixLength < length)
            {
                return null;
            }

            var (chunk, entry, _) = batch.Reserve(length, pool);
            batch.Fill(chunk, entry, rest.Slice(EntryBundle.PrefixLength, length));
            rest = rest[(EntryBundle.PrefixLength + length)..];
        }

        return rest.IsEmpty && batch.Count == Count ? batch : null;
    }

    /// <summary>Whether the frame goes on from a tree, and its entries lead to its checkpoint.</summary>
    internal bool Continues(TreeEdge edge, AppendBatch batch, out TreeExtension tree)
    {
        tree = new TreeExtension(edge, batch.LeafHashes());
        return FirstIndex == edge.Size && Checkpoint.Size == tree.After.Size && Checkpoint.Root == tree.Root;
    }
}
