namespace Aixv.Transparency.Tiles;

/// <summary>Where the nodes of a tree of some size lie in tiles.</summary>
internal static class TileShape
{
    /// <summary>The number of tree levels in a tile.</summary>
    internal const int Height = 8;

    /// <summary>The number of tile levels that a 64-bit tree can have.</summary>
    internal const int Levels = 8;

    /// <summary>The longest file of a log, in bytes: a bundle of 256 entries, each of 65,535 bytes after its length.</summary>
    internal const int MaximumFile = 256 * (2 + ushort.MaxValue);

    /// <summary>The number of complete nodes on a tile level.</summary>
    internal static ulong Nodes(ulong size, int level) => size >> (Height * level);

    /// <summary>The width of the last, partial tile of a level; 0 when there is none.</summary>
    internal static int PartialWidth(ulong size, int level) => (int)(Nodes(size, level) % TilePath.FullWidth);

    /// <summary>The width that a tile has in a tree of this size: 0 when it is not part of it.</summary>
    internal static int WidthAt(ulong size, int level, ulong index)
    {
        var nodes = Nodes(size, level);
        var full = nodes / TilePath.FullWidth;
        return index < full ? TilePath.FullWidth : index == full ? PartialWidth(size, level) : 0;
    }
}
