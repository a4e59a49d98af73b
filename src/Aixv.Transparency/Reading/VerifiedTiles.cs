using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Reading;

/// <summary>The tiles of one checkpoint's tree, each checked against the tile above it, and the topmost against the root.</summary>
internal sealed class VerifiedTiles
{
    /// <summary>8 MiB of tiles.</summary>
    private const int MaximumCached = 1024;

    private readonly ITileSource source;
    private readonly MerkleHash[][] edge = new MerkleHash[TileShape.Levels][];
    private readonly ConcurrentDictionary<(int Level, ulong Index), MerkleHash[]> cache = new();

    private VerifiedTiles(ITileSource source, Checkpoint checkpoint)
    {
        this.source = source;
        Checkpoint = checkpoint;
    }

    internal Checkpoint Checkpoint { get; }

    internal static async ValueTask<VerifiedTiles> OpenAsync(ITileSource source, Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var tiles = new VerifiedTiles(source, checkpoint);
        for (var level = 0; level < TileShape.Levels; level++)
        {
            var width = TileShape.PartialWidth(checkpoint.Size, level);
            var index = TileShape.Nodes(checkpoint.Size, level) / TilePath.FullWidth;
            tiles.edge[level] = width == 0 ? [] : await tiles.LoadAsync(level, index, width, cancellationToken).ConfigureAwait(false);
        }

        return tiles.EdgeRoot() == checkpoint.Root
            ? tiles
            : throw new InvalidDataException($"log: the tiles of '{checkpoint.Origin}' at size {checkpoint.Size} do not lead to the checkpoint's root");
    }

    private MerkleHash EdgeRoot()
    {
        Span<MerkleHash> nodes = stackalloc MerkleHash[TileShape.Height];
        MerkleHash? root = null;
        for (var level = 0; level < TileShape.Levels; level++)
        {
            TileFold.Edge(edge[level], nodes);
            for (var i = 0; i < TileShape.Height; i++)
            {
                if ((edge[level].Length >> i & 1) == 1)
                {
                    root = root is { } right ? MerkleTree.HashChildren(nodes[i], right) : nodes[i];
                }
            }
        }

        return root ?? MerkleTree.EmptyRoot;
    }

    /// <summary>A complete node: the root of the 2^level leaves from index × 2^level.</summary>
    internal async ValueTask<MerkleHash> NodeAsync(int level, ulong index, CancellationToken cancellationToken)
    {
        var within = level % TileShape.Height;
        var first = index << within;
        var tile = await TileAsync(level / TileShape.Height, first / TilePath.FullWidth, cancellationToken).ConfigureAwait(false);
        return TileFold.Root(tile.AsSpan((int)(first % TilePath.FullWidth), 1 << within));
    }

    private async ValueTask<MerkleHash[]> TileAsync(int level, ulong index, CancellationToken cancellationToken)
    {
        if (index == TileShape.Nodes(Checkpoint.Size, level) / TilePath.FullWidth)
        {
            return edge[level];
        }

        if (cache.TryGetValue((level, index), out var known))
        {
            return known;
        }

        var above = await TileAsync(level + 1, index / TilePath.FullWidth, cancellationToken).ConfigureAwait(false);
        var tile = await LoadAsync(level, index, TilePath.FullWidth, cancellationToken).ConfigureAwait(false);
        if (TileFold.Root(tile) != above[index % TilePath.FullWidth])
        {
            throw new InvalidDataException($"log: {TilePath.Hashes(level, index)} does not lead to the checkpoint's root");
        }

        if (cache.Count >= MaximumCached)
        {
            cache.Clear();
        }

        cache[(level, index)] = tile;
        return tile;
    }

    private async ValueTask<MerkleHash[]> LoadAsync(int level, ulong index, int width, CancellationToken cancellationToken)
    {
        var bytes = await ReadAsync(TilePath.Hashes(level, index, width), TilePath.Hashes(level, index), cancellationToken).ConfigureAwait(false);
        var length = width * MerkleHash.Length;
        return bytes.Length == length || bytes.Length == TilePath.FullWidth * MerkleHash.Length
            ? MemoryMarshal.Cast<byte, MerkleHash>(bytes.Span[..length]).ToArray()
            : throw new InvalidDataException($"log: {TilePath.Hashes(level, index, width)} has {bytes.Length} bytes, expected {length}");
    }

    /// <summary>The partial tile, or the full one where the log has deleted it since.</summary>
    private async ValueTask<ReadOnlyMemory<byte>> ReadAsync(TilePath path, TilePath full, CancellationToken cancellationToken)
    {
        if (await source.ReadAsync(path.ToString(), cancellationToken).ConfigureAwait(false) is { } found)
        {
            return found;
        }

        if (path.IsPartial && await source.ReadAsync(full.ToString(), cancellationToken).ConfigureAwait(false) is { } whole)
        {
            return whole;
        }

        throw new FileNotFoundException($"log: {path} is missing", path.ToString());
    }

    /// <summary>The entries of a bundle, each checked against its leaf hash.</summary>
    internal async ValueTask<ImmutableArray<ReadOnlyMemory<byte>>> BundleAsync(ulong index, CancellationToken cancellationToken)
    {
        var width = TileShape.WidthAt(Checkpoint.Size, 0, index);
        var hashes = await TileAsync(0, index, cancellationToken).ConfigureAwait(false);
        var path = TilePath.Entries(index, width);
        var bytes = await ReadAsync(path, TilePath.Entries(index), cancellationToken).ConfigureAwait(false);
        if (!EntryBundle.TryRead(bytes, width, out var entries) && !EntryBundle.TryRead(bytes, TilePath.FullWidth, out entries))
        {
            throw new InvalidDataException($"log: {path} does not hold {width} entries");
        }

        for (var i = 0; i < width; i++)
        {
            if (MerkleTree.HashLeaf(entries.Value[i].Span) != hashes[i])
            {
                throw new InvalidDataException($"log: entry {index * TilePath.FullWidth + (ulong)i} in {path} is not the one in the tree");
            }
        }

        return entries.Value[..width];
    }
}
