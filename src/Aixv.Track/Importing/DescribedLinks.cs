using System.Buffers.Binary;
using System.Collections.Immutable;
using Aixv.Track.Indexing;

namespace Aixv.Track.Importing;

/// <summary>The links of a node in one column: for each, the relation's number in <see cref="DescribedWords.Relations"/>, the length of the target's key in two bytes, and the key.</summary>
internal static class DescribedLinks
{
    private const int Head = 3;

    public static byte[] ToBytes(ImmutableArray<DescribedLink> links)
    {
        var bytes = new byte[links.Sum(link => Head + link.Target.Bytes.Length)];
        var rest = bytes.AsSpan();
        foreach (var link in links)
        {
            rest[0] = (byte)NumberOf(link.Relation);
            BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)link.Target.Bytes.Length);
            link.Target.Bytes.Span.CopyTo(rest[Head..]);
            rest = rest[(Head + link.Target.Bytes.Length)..];
        }

        return bytes;
    }

    private static int NumberOf(string relation)
    {
        for (var i = 0; i < DescribedWords.Relations.Count; i++)
        {
            if (DescribedWords.Relations[i] == relation)
            {
                return i;
            }
        }

        throw new InvalidDataException($"track: '{relation}' is no relation of described nodes");
    }

    /// <summary>Takes the first link off; false when there is none left.</summary>
    public static bool TryTake(ref ReadOnlySpan<byte> rest, out int relation, out ReadOnlySpan<byte> target)
    {
        relation = 0;
        target = default;
        if (rest.IsEmpty)
        {
            return false;
        }

        relation = rest[0];
        var length = BinaryPrimitives.ReadUInt16BigEndian(rest[1..]);
        target = rest.Slice(Head, length);
        rest = rest[(Head + length)..];
        return true;
    }

    public static ImmutableArray<DescribedLink> Read(ReadOnlySpan<byte> bytes)
    {
        var links = ImmutableArray.CreateBuilder<DescribedLink>();
        while (TryTake(ref bytes, out var relation, out var target))
        {
            links.Add(new DescribedLink(DescribedWords.Relations[relation], NodeKey.FromBytes(target)));
        }

        return links.ToImmutable();
    }
}
