using System.Buffers.Binary;
using System.Text;

namespace Aixv.Track.Log;

/// <summary>An entry as it is stored: the statement, and what only its tenant may see.</summary>
/// <remarks>
/// Version (1 byte: 1), length of the salt (1), salt, length of the leaf (2, big-endian), leaf, length of the request's key (2), key in UTF-8,
/// length of the request's fingerprint (1), fingerprint, statement to the end.
/// </remarks>
/// <param name="Statement">The bytes that a receipt is of.</param>
/// <param name="Salt">What blinds the leaf of a private tenant; empty for a public one.</param>
/// <param name="Leaf">The bytes in the log (docs/receipts.md).</param>
/// <param name="IdempotencyKey">The request's key; empty without one.</param>
/// <param name="IdempotencyFingerprint">The SHA-256 of the request that came with the key.</param>
internal sealed record EntryFrame(
    ReadOnlyMemory<byte> Statement, ReadOnlyMemory<byte> Salt, ReadOnlyMemory<byte> Leaf, string IdempotencyKey, ReadOnlyMemory<byte> IdempotencyFingerprint)
{
    private const byte Version = 1;

    public byte[] ToBytes()
    {
        var key = Encoding.UTF8.GetBytes(IdempotencyKey);
        var bytes = new byte[7 + Salt.Length + Leaf.Length + key.Length + IdempotencyFingerprint.Length + Statement.Length];
        var rest = bytes.AsSpan();
        (rest[0], rest[1]) = (Version, (byte)Salt.Length);
        Salt.Span.CopyTo(rest[2..]);
        rest = rest[(2 + Salt.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)Leaf.Length);
        Leaf.Span.CopyTo(rest[2..]);
        rest = rest[(2 + Leaf.Length)..];
        BinaryPrimitives.WriteUInt16BigEndian(rest, (ushort)key.Length);
        key.CopyTo(rest[2..]);
        rest = rest[(2 + key.Length)..];
        rest[0] = (byte)IdempotencyFingerprint.Length;
        IdempotencyFingerprint.Span.CopyTo(rest[1..]);
        Statement.Span.CopyTo(rest[(1 + IdempotencyFingerprint.Length)..]);
        return bytes;
    }

    /// <exception cref="InvalidDataException">Not such a frame.</exception>
    public static EntryFrame Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Span[0] != Version)
        {
            throw new InvalidDataException("track: a stored entry is of an unknown version");
        }

        var rest = bytes[1..];
        var salt = Take(ref rest, Number(ref rest, 1));
        var leaf = Take(ref rest, Number(ref rest, 2));
        var key = Encoding.UTF8.GetString(Take(ref rest, Number(ref rest, 2)).Span);
        var fingerprint = Take(ref rest, Number(ref rest, 1));
        return new EntryFrame(rest, salt, leaf, key, fingerprint);
    }

    private static int Number(ref ReadOnlyMemory<byte> rest, int length)
    {
        var bytes = Take(ref rest, length).Span;
        return length == 1 ? bytes[0] : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        if (rest.Length < length)
        {
            throw new InvalidDataException("track: a stored entry is cut short");
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
