using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Tiles;

/// <summary>The nodes above the hashes that a tile holds.</summary>
internal static class TileFold
{
    /// <summary>The root of a whole subtree: 1, 2, 4, ... or 256 hashes.</summary>
    internal static MerkleHash Root(ReadOnlySpan<MerkleHash> hashes)
    {
        Span<MerkleHash> nodes = stackalloc MerkleHash[TilePath.FullWidth];
        hashes.CopyTo(nodes);
        for (var count = hashes.Length; count > 1; count /= 2)
        {
            for (var i = 0; i < count / 2; i++)
            {
                nodes[i] = MerkleTree.HashChildren(nodes[2 * i], nodes[2 * i + 1]);
            }
        }

        return nodes[0];
    }

    /// <summary>For each bit set in the number of hashes, the root of the subtree of that size, the largest first in the tile.</summary>
    internal static void Edge(ReadOnlySpan<MerkleHash> hashes, Span<MerkleHash> nodes)
    {
        for (var level = TileShape.Height - 1; level >= 0; level--)
        {
            var width = 1 << level;
            if ((hashes.Length & width) != 0)
            {
                nodes[level] = Root(hashes[..width]);
                hashes = hashes[width..];
            }
        }
    }
}
