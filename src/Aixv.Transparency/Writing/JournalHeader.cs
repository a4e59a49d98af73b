using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>The first bytes of a journal: the whole edge of the tree that it goes on from, so that nothing else is needed to replay it.</summary>
/// <remarks>
/// Magic (8), journal id (16), tree size (u64), length of the checkpoint (u32), length of the unfinished bundle (u32),
/// CRC-32C of all the rest (u32); then checkpoint, unfinished tiles from level 0 up, unfinished bundle. Big-endian.
/// </remarks>
internal sealed record JournalHeader(byte[] Id, SignedNote Checkpoint, TileRows Rows)
{
    internal const int IdLength = 16;
    private const int SizeAt = 24;
    private const int NoteLengthAt = 32;
    private const int BundleLengthAt = 36;
    private const int CrcAt = 40;
    private const int FixedLength = 44;
    private const int MaximumBundle = TilePath.FullWidth * (EntryBundle.PrefixLength + EntryBundle.MaximumEntry);

    private static ReadOnlySpan<byte> Magic => "AIXVLOG1"u8;

    internal static JournalHeader Create(SignedNote checkpoint, TileRows rows) => new(RandomNumberGenerator.GetBytes(IdLength), checkpoint, rows);

    internal byte[] ToBytes()
    {
        var note = Checkpoint.ToBytes();
        var header = new MemoryStream();
        header.Write(stackalloc byte[FixedLength]);
        header.Write(note);
        for (var level = 0; level < TileShape.Levels; level++)
        {
            header.Write(Rows.Row(level).Span);
        }

        header.Write(Rows.Bundle.Span);
        var bytes = header.ToArray();
        Magic.CopyTo(bytes);
        Id.CopyTo(bytes.AsSpan(Magic.Length));
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(SizeAt), Rows.Size);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(NoteLengthAt), note.Length);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(BundleLengthAt), Rows.Bundle.Length);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(CrcAt), Checksum(bytes));
        return bytes;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes) => Crc32C.Append(Crc32C.Append(0, bytes[..CrcAt]), bytes[FixedLength..]);

    internal static async ValueTask<JournalHeader> ReadAsync(Stream journal, string name, CancellationToken cancellationToken)
    {
        var start = new byte[FixedLength];
        var read = await journal.ReadAtLeastAsync(start, FixedLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read == FixedLength && TryLengths(start, out var noteLength, out var hashesLength, out var bundleLength))
        {
            var rest = new byte[noteLength + hashesLength + bundleLength];
            read = await journal.ReadAtLeastAsync(rest, rest.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            if (read == rest.Length && TryParse([.. start, .. rest], noteLength, hashesLength, out var header))
            {
                return header;
            }
        }

        throw new InvalidDataException($"log: {name} is damaged at its start; restore the log's directory from a copy");
    }

    private static bool TryLengths(byte[] start, out int noteLength, out int hashesLength, out int bundleLength)
    {
        noteLength = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(NoteLengthAt));
        hashesLength = TileRows.HashesLength(BinaryPrimitives.ReadUInt64BigEndian(start.AsSpan(SizeAt)));
        bundleLength = BinaryPrimitives.ReadInt32BigEndian(start.AsSpan(BundleLengthAt));
        return start.AsSpan().StartsWith(Magic) && noteLength is >= 0 and <= SignedNote.MaximumLength && bundleLength is >= 0 and <= MaximumBundle;
    }

    private static bool TryParse(ReadOnlySpan<byte> bytes, int noteLength, int hashesLength, [NotNullWhen(true)] out JournalHeader? header)
    {
        header = null;
        if (BinaryPrimitives.ReadUInt32BigEndian(bytes[CrcAt..]) != Checksum(bytes)
            || !SignedNote.TryParse(bytes.Slice(FixedLength, noteLength), out var note, out _))
        {
            return false;
        }

        var rest = bytes[(FixedLength + noteLength)..];
        var rows = TileRows.Load(BinaryPrimitives.ReadUInt64BigEndian(bytes[SizeAt..]), rest[..hashesLength], rest[hashesLength..]);
        header = new JournalHeader(bytes.Slice(Magic.Length, IdLength).ToArray(), note, rows);
        return true;
    }
}
