using System.Buffers;
using System.Runtime.InteropServices;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>The unfinished tiles of a tree, one for each tile level, and its unfinished bundle. Together they are the tree's edge.</summary>
internal sealed class TileRows
{
    private readonly byte[][] rows = [.. Enumerable.Range(0, TileShape.Levels).Select(_ => new byte[TilePath.FullWidth * MerkleHash.Length])];
    private readonly ArrayBufferWriter<byte> bundle = new();

    internal ulong Size { get; private set; }

    internal ReadOnlyMemory<byte> Bundle => bundle.WrittenMemory;

    /// <summary>The hashes of a level's unfinished tile; empty when the level ends in a full one.</summary>
    internal ReadOnlyMemory<byte> Row(int level) => Row(level, TileShape.PartialWidth(Size, level));

    internal ReadOnlyMemory<byte> Row(int level, int width) => rows[level].AsMemory(0, width * MerkleHash.Length);

    internal void Put(int level, int slot, ReadOnlySpan<MerkleHash> nodes) =>
        MemoryMarshal.AsBytes(nodes).CopyTo(rows[level].AsSpan(slot * MerkleHash.Length));

    internal void AppendEntries(ReadOnlySpan<byte> encoded) => bundle.Write(encoded);

    internal void ClearEntries() => bundle.ResetWrittenCount();

    internal void Advance(ulong size) => Size = size;

    /// <summary>Fills the rows of a tree of <paramref name="size"/> leaves, lowest level first.</summary>
    internal static TileRows Load(ulong size, ReadOnlySpan<byte> hashes, ReadOnlySpan<byte> entries)
    {
        var loaded = new TileRows { Size = size };
        for (var level = 0; level < TileShape.Levels; level++)
        {
            var length = TileShape.PartialWidth(size, level) * MerkleHash.Length;
            hashes[..length].CopyTo(loaded.rows[level]);
            hashes = hashes[length..];
        }

        loaded.bundle.Write(entries);
        return loaded;
    }

    /// <summary>The length of all rows of a tree of this size, in bytes.</summary>
    internal static int HashesLength(ulong size) =>
        Enumerable.Range(0, TileShape.Levels).Sum(level => TileShape.PartialWidth(size, level)) * MerkleHash.Length;

    internal TreeEdge ToEdge()
    {
        var nodes = new MerkleHash[TreeEdge.Levels];
        for (var level = 0; level < TileShape.Levels; level++)
        {
            TileFold.Edge(MemoryMarshal.Cast<byte, MerkleHash>(Row(level).Span), nodes.AsSpan(level * TileShape.Height, TileShape.Height));
        }

        return new TreeEdge(Size, nodes);
    }
}
