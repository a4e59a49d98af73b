using System.Buffers.Binary;
using System.Text;

namespace Aixv.Sigstore.Cbor;

/// <summary>Reads CBOR (RFC 8949) from bytes that anybody may have made.</summary>
/// <remarks>
/// Strings, arrays and maps have definite lengths, text is UTF-8, and nothing is allocated before the bytes for it are there.
/// Heads that are longer than they need be are accepted, as RFC 8949 §4.1 leaves them to the writer. What is read are slices of the input.
/// </remarks>
public sealed class CborReader
{
    /// <summary>How deep arrays, maps and tags may be nested.</summary>
    public const int MaximumDepth = 32;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlyMemory<byte> data;
    private readonly string document;
    private int position;

    /// <param name="data">One or more data items.</param>
    /// <param name="document">What is read, for the messages of exceptions.</param>
    public CborReader(ReadOnlyMemory<byte> data, string document)
    {
        this.data = data;
        this.document = document;
    }

    /// <summary>Whether all bytes were read.</summary>
    public bool IsAtEnd => position == data.Length;

    /// <summary>The kind of the next item.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public CborMajorType Peek() => IsAtEnd ? throw Fault("ends where another item is expected") : (CborMajorType)(data.Span[position] >> 5);

    /// <exception cref="FormatException">The next item is not an unsigned integer.</exception>
    public ulong ReadUnsigned() => ReadHead(CborMajorType.UnsignedInteger, "an unsigned integer");

    /// <exception cref="FormatException">The next item is not an integer of 64 bits with sign.</exception>
    public long ReadInteger()
    {
        var kind = Peek();
        var value = kind is CborMajorType.UnsignedInteger or CborMajorType.NegativeInteger ? ReadHead(kind, "") : throw Expected("an integer");
        return value > long.MaxValue ? throw Fault("an integer is outside 64 bits")
            : kind == CborMajorType.UnsignedInteger ? (long)value : -1 - (long)value;
    }

    /// <exception cref="FormatException">The next item is not a byte string.</exception>
    public ReadOnlyMemory<byte> ReadBytes() => Take(ReadHead(CborMajorType.Bytes, "a byte string"));

    /// <exception cref="FormatException">The next item is not a text string, or not UTF-8.</exception>
    public string ReadText()
    {
        var bytes = Take(ReadHead(CborMajorType.Text, "a text string")).Span;
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Fault("a text string is not UTF-8");
        }
    }

    /// <summary>Begins an array.</summary>
    /// <returns>The number of its items, which are read next.</returns>
    /// <exception cref="FormatException">The next item is no array, or its items cannot be there.</exception>
    public int ReadArray() => ReadCount(CborMajorType.Array, "an array", 1);

    /// <summary>Begins a map.</summary>
    /// <returns>The number of its pairs, which are read next: key, value, key, value.</returns>
    /// <exception cref="FormatException">The next item is no map, or its pairs cannot be there.</exception>
    public int ReadMap() => ReadCount(CborMajorType.Map, "a map", 2);

    /// <summary>Reads a tag number; the tagged item is next.</summary>
    /// <exception cref="FormatException">The next item has no tag.</exception>
    public ulong ReadTag() => ReadHead(CborMajorType.Tag, "a tag");

    /// <summary>Reads <c>null</c> if it is next.</summary>
    public bool TryReadNull()
    {
        const byte encoded = 0xf6;
        var found = !IsAtEnd && data.Span[position] == encoded;
        position += found ? 1 : 0;
        return found;
    }

    /// <summary>Reads one item of any kind and gives its encoding.</summary>
    /// <exception cref="FormatException">It is not well formed, nested too deep, or a map in it has a key twice.</exception>
    public ReadOnlyMemory<byte> ReadEncoded()
    {
        var start = position;
        Skip(0);
        return data[start..position];
    }

    /// <exception cref="FormatException">Something follows.</exception>
    public void RequireEnd()
    {
        if (!IsAtEnd)
        {
            throw Fault($"{data.Length - position} bytes follow the end");
        }
    }

    private void Skip(int depth)
    {
        if (depth > MaximumDepth)
        {
            throw Fault($"nested more than {MaximumDepth} deep");
        }

        switch (Peek())
        {
            case CborMajorType.UnsignedInteger or CborMajorType.NegativeInteger:
                ReadHead(Peek(), "");
                break;
            case CborMajorType.Bytes:
                ReadBytes();
                break;
            case CborMajorType.Text:
                ReadText();
                break;
            case CborMajorType.Array:
                for (var left = ReadArray(); left > 0; left--)
                {
                    Skip(depth + 1);
                }

                break;
            case CborMajorType.Map:
                SkipMap(depth);
                break;
            case CborMajorType.Tag:
                ReadTag();
                Skip(depth + 1);
                break;
            case CborMajorType.Simple:
                SkipSimple();
                break;
        }
    }

    private void SkipMap(int depth)
    {
        var count = ReadMap();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        for (; count > 0; count--)
        {
            var start = position;
            Skip(depth + 1);
            if (!keys.Add(Convert.ToBase64String(data.Span[start..position])))
            {
                throw Fault("a map has the same key twice");
            }

            Skip(depth + 1);
        }
    }

    private void SkipSimple()
    {
        var head = data.Span[position++] & 0x1f;
        var more = head switch
        {
            < 24 => 0,
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => throw Fault("a break or a reserved simple value"),
        };
        var value = Take((ulong)more).Span;
        if (head == 24 && value[0] < 32)
        {
            throw Fault("a simple value in two bytes that has a form of one");
        }
    }

    private int ReadCount(CborMajorType kind, string name, int itemsEach)
    {
        var count = ReadHead(kind, name);
        // Every item has a byte at least: a count that cannot be true is refused before anybody reserves memory for it.
        return count <= (ulong)((data.Length - position) / itemsEach) ? (int)count : throw Fault($"{name} of {count} ends too early");
    }

    private ulong ReadHead(CborMajorType kind, string name)
    {
        if (Peek() != kind)
        {
            throw Expected(name);
        }

        var argument = data.Span[position++] & 0x1f;
        return argument switch
        {
            < 24 => (ulong)argument,
            24 => Take(1).Span[0],
            25 => BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span),
            26 => BinaryPrimitives.ReadUInt32BigEndian(Take(4).Span),
            27 => BinaryPrimitives.ReadUInt64BigEndian(Take(8).Span),
            31 => throw Fault("an item of indefinite length; only definite lengths are read"),
            _ => throw Fault("a reserved length"),
        };
    }

    private ReadOnlyMemory<byte> Take(ulong length)
    {
        if (length > (ulong)(data.Length - position))
        {
            throw Fault($"{data.Length - position} bytes are left where {length} are expected");
        }

        var taken = data.Slice(position, (int)length);
        position += (int)length;
        return taken;
    }

    private FormatException Expected(string name) => Fault($"expected {name}, found {(IsAtEnd ? "the end" : Peek())}");

    private FormatException Fault(string what) => new($"{document}: byte {position}: {what}");
}
