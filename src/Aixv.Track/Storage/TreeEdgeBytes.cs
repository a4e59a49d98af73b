using Aixv.Transparency.Merkle;
using Aixv.Transparency.Writing;

namespace Aixv.Track.Storage;

/// <summary>A tree's edge as bytes: its nodes from the lowest level up, those that there are.</summary>
internal static class TreeEdgeBytes
{
    public static byte[] Write(TreeEdge edge)
    {
        var bytes = new MemoryStream();
        for (var level = 0; level < TreeEdge.Levels; level++)
        {
            if (edge.Has(level))
            {
                bytes.Write(edge[level].Span);
            }
        }

        return bytes.ToArray();
    }

    /// <exception cref="InvalidDataException">Not the edge of a tree of this size.</exception>
    public static TreeEdge Read(ulong size, ReadOnlySpan<byte> bytes)
    {
        var nodes = new MerkleHash[TreeEdge.Levels];
        for (var level = 0; level < TreeEdge.Levels; level++)
        {
            if ((size >> level & 1) == 0)
            {
                continue;
            }

            if (bytes.Length < MerkleHash.Length)
            {
                throw new InvalidDataException("track: the edge of the log's tree is cut short");
            }

            nodes[level] = MerkleHash.FromBytes(bytes[..MerkleHash.Length]);
            bytes = bytes[MerkleHash.Length..];
        }

        return bytes.IsEmpty ? new TreeEdge(size, nodes) : throw new InvalidDataException("track: the edge of the log's tree is too long");
    }
}
