using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Aixv.Track.Blobs;

/// <summary>What stands before each blob in a pack; <see cref="SegmentBlobStore"/> has the layout.</summary>
internal static class BlobHead
{
    public const int Length = 9;

    /// <summary>The longest blob, in bytes.</summary>
    public const int MaximumContent = 64 * 1024 * 1024;

    /// <summary>The first bytes of every pack.</summary>
    public static ReadOnlySpan<byte> Magic => "AIXVPAK1"u8;

    public static void Write(Span<byte> head, Blob blob)
    {
        BinaryPrimitives.WriteInt32BigEndian(head, blob.Content.Length);
        head[4] = (byte)blob.Kind;
        BinaryPrimitives.WriteUInt32BigEndian(head[5..], Checksum(head[..5], blob.Content.Span));
    }

    private static uint Checksum(ReadOnlySpan<byte> head, ReadOnlySpan<byte> content) => ~Append(Append(uint.MaxValue, head), content);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (var b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return crc;
    }

    /// <summary>The whole, sound blobs of a pack with the offsets of their contents, up to where it is cut short.</summary>
    /// <param name="pack">The pack, from its beginning.</param>
    /// <param name="from">Where a blob's head begins; 0 for the first.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="InvalidDataException">Not a pack.</exception>
    public static async IAsyncEnumerable<(long Offset, Blob Blob)> ReadAllAsync(Stream pack, long from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var magic = new byte[Magic.Length];
        if (await pack.ReadAtLeastAsync(magic, magic.Length, throwOnEndOfStream: false, cancellationToken) < magic.Length)
        {
            yield break;
        }

        if (!magic.AsSpan().SequenceEqual(Magic))
        {
            throw new InvalidDataException("track: a pack of blobs does not begin as one");
        }

        var head = new byte[Length];
        if (from > 0)
        {
            pack.Seek(from, SeekOrigin.Begin);
        }

        for (var offset = Math.Max(from, magic.Length); ;)
        {
            if (await pack.ReadAtLeastAsync(head, Length, throwOnEndOfStream: false, cancellationToken) < Length)
            {
                yield break;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            if (length is < 0 or > MaximumContent)
            {
                yield break;
            }

            var content = new byte[length];
            if (await pack.ReadAtLeastAsync(content, length, throwOnEndOfStream: false, cancellationToken) < length
                || BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(5)) != Checksum(head.AsSpan(0, 5), content))
            {
                yield break;
            }

            yield return (offset + Length, new Blob((BlobKind)head[4], content));
            offset += Length + length;
        }
    }
}
