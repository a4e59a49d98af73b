using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Aixv.Sigstore.Cbor;

/// <summary>Writes CBOR in its core deterministic encoding (RFC 8949 §4.2.1): shortest heads, definite lengths, sorted maps.</summary>
/// <remarks>Arrays, maps and tags are written as a head; the caller writes as many items as the head says.</remarks>
public sealed class CborWriter
{
    private readonly ArrayBufferWriter<byte> output = new();

    /// <summary>What was written.</summary>
    public byte[] ToBytes() => output.WrittenSpan.ToArray();

    public CborWriter WriteUnsigned(ulong value) => WriteHead(CborMajorType.UnsignedInteger, value);

    public CborWriter WriteInteger(long value) => value >= 0 ? WriteUnsigned((ulong)value) : WriteHead(CborMajorType.NegativeInteger, (ulong)(-1 - value));

    public CborWriter WriteBytes(ReadOnlySpan<byte> value) => WriteHead(CborMajorType.Bytes, (ulong)value.Length).WriteEncoded(value);

    /// <exception cref="EncoderFallbackException">Half a surrogate pair.</exception>
    public CborWriter WriteText(string value)
    {
        var bytes = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetBytes(value);
        return WriteHead(CborMajorType.Text, (ulong)bytes.Length).WriteEncoded(bytes);
    }

    /// <summary>The head of an array of <paramref name="count"/> items.</summary>
    public CborWriter WriteArray(int count) => WriteHead(CborMajorType.Array, (ulong)count);

    /// <summary>The head of a tagged item.</summary>
    public CborWriter WriteTag(ulong number) => WriteHead(CborMajorType.Tag, number);

    public CborWriter WriteNull() => WriteEncoded([0xf6]);

    /// <summary>An item that is encoded already.</summary>
    public CborWriter WriteEncoded(ReadOnlySpan<byte> item)
    {
        output.Write(item);
        return this;
    }

    /// <summary>A map of encoded keys and values, in the order of the keys' bytes.</summary>
    /// <exception cref="ArgumentException">A key comes twice.</exception>
    public CborWriter WriteMap(IEnumerable<KeyValuePair<byte[], ReadOnlyMemory<byte>>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var sorted = pairs.ToList();
        sorted.Sort((a, b) => a.Key.AsSpan().SequenceCompareTo(b.Key));
        WriteHead(CborMajorType.Map, (ulong)sorted.Count);
        byte[]? last = null;
        foreach (var (key, value) in sorted)
        {
            if (last is not null && key.AsSpan().SequenceEqual(last))
            {
                throw new ArgumentException("A map has the same key twice.", nameof(pairs));
            }

            WriteEncoded(key).WriteEncoded(value.Span);
            last = key;
        }

        return this;
    }

    private CborWriter WriteHead(CborMajorType kind, ulong argument)
    {
        var first = (byte)((int)kind << 5);
        Span<byte> head = stackalloc byte[9];
        int length;
        switch (argument)
        {
            case < 24:
                (head[0], length) = ((byte)(first | (int)argument), 1);
                break;
            case <= byte.MaxValue:
                (head[0], head[1], length) = ((byte)(first | 24), (byte)argument, 2);
                break;
            case <= ushort.MaxValue:
                (head[0], length) = ((byte)(first | 25), 3);
                BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)argument);
                break;
            case <= uint.MaxValue:
                (head[0], length) = ((byte)(first | 26), 5);
                BinaryPrimitives.WriteUInt32BigEndian(head[1..], (uint)argument);
                break;
            default:
                (head[0], length) = ((byte)(first | 27), 9);
                BinaryPrimitives.WriteUInt64BigEndian(head[1..], argument);
                break;
        }

        return WriteEncoded(head[..length]);
    }
}
