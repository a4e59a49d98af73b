using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Aixv.Transparency.Tiles;

/// <summary>The entries of a bundle, each after its length as a big-endian 16-bit number (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>The longest entry, in bytes.</summary>
    public const int MaximumEntry = ushort.MaxValue;

    /// <summary>The bytes before each entry.</summary>
    internal const int PrefixLength = sizeof(ushort);

    /// <summary>Splits a bundle; false unless it holds exactly <paramref name="count"/> entries and nothing else.</summary>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, int count, [NotNullWhen(true)] out ImmutableArray<ReadOnlyMemory<byte>>? entries)
    {
        entries = null;
        if (count is < 0 or > TilePath.FullWidth)
        {
            return false;
        }

        var found = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(count);
        while (found.Count < count)
        {
            if (bundle.Length < PrefixLength)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (bundle.Length - PrefixLength < length)
            {
                return false;
            }

            found.Add(bundle.Slice(PrefixLength, length));
            bundle = bundle[(PrefixLength + length)..];
        }

        entries = found.MoveToImmutable();
        return bundle.IsEmpty;
    }
}
