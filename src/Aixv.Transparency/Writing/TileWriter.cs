using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Writing;

/// <summary>Writes the tiles and bundles of a growing tree: each full one once, and the partial ones of every published size.</summary>
internal sealed class TileWriter(ITileStore store, TileRows rows)
{
    private const int BundleLevel = TileShape.Levels;

    // At the start it is not known which unfinished tiles have partial versions, so all are taken to have.
    private readonly bool[] hasPartials = [.. Enumerable.Repeat(true, TileShape.Levels + 1)];
    private List<TilePath> superseded = [];
    private ulong entries = rows.Size;

    internal TileRows Rows => rows;

    /// <summary>Writes what the batch adds. Nothing of it is public before a checkpoint of the new size is.</summary>
    internal async ValueTask WriteAsync(TreeExtension tree, IEnumerable<LeafChunk> chunks, CancellationToken cancellationToken)
    {
        foreach (var chunk in chunks)
        {
            await WriteEntriesAsync(chunk, cancellationToken).ConfigureAwait(false);
        }

        for (var level = 0; level < TileShape.Levels; level++)
        {
            await WriteHashesAsync(tree, level, cancellationToken).ConfigureAwait(false);
        }

        rows.Advance(tree.After.Size);
        await WritePartialsAsync(level => tree.Added(level * TileShape.Height).Length > 0, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask WriteEntriesAsync(LeafChunk chunk, CancellationToken cancellationToken)
    {
        for (var from = 0; from < chunk.Count;)
        {
            var slot = (int)(entries % TilePath.FullWidth);
            var to = Math.Min(chunk.Count, from + TilePath.FullWidth - slot);
            rows.AppendEntries(chunk.Encoded(from, to).Span);
            entries += (ulong)(to - from);
            from = to;
            if (entries % TilePath.FullWidth == 0)
            {
                await WriteFullAsync(BundleLevel, TilePath.Entries(entries / TilePath.FullWidth - 1), rows.Bundle, cancellationToken).ConfigureAwait(false);
                rows.ClearEntries();
            }
        }
    }

    private async ValueTask WriteHashesAsync(TreeExtension tree, int level, CancellationToken cancellationToken)
    {
        var nodes = TileShape.Nodes(rows.Size, level);
        for (var from = 0; from < tree.Added(level * TileShape.Height).Length;)
        {
            var added = tree.Added(level * TileShape.Height);
            var slot = (int)(nodes % TilePath.FullWidth);
            var to = Math.Min(added.Length, from + TilePath.FullWidth - slot);
            rows.Put(level, slot, added[from..to]);
            nodes += (ulong)(to - from);
            from = to;
            if (nodes % TilePath.FullWidth == 0)
            {
                var path = TilePath.Hashes(level, nodes / TilePath.FullWidth - 1);
                await WriteFullAsync(level, path, rows.Row(level, TilePath.FullWidth), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask WriteFullAsync(int level, TilePath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        await store.WriteAsync(path.ToString(), content, cancellationToken).ConfigureAwait(false);
        if (hasPartials[level])
        {
            superseded.Add(path);
            hasPartials[level] = false;
        }
    }

    /// <summary>Writes the partial tiles of the present size.</summary>
    /// <param name="changed">Whether a level has grown; level 0 has if the bundle has.</param>
    internal async ValueTask WritePartialsAsync(Func<int, bool> changed, CancellationToken cancellationToken)
    {
        for (var level = 0; level < TileShape.Levels; level++)
        {
            var width = TileShape.PartialWidth(rows.Size, level);
            if (width == 0 || !changed(level))
            {
                continue;
            }

            var index = TileShape.Nodes(rows.Size, level) / TilePath.FullWidth;
            await store.WriteAsync(TilePath.Hashes(level, index, width).ToString(), rows.Row(level), cancellationToken).ConfigureAwait(false);
            hasPartials[level] = true;
            if (level == 0)
            {
                await store.WriteAsync(TilePath.Entries(index, width).ToString(), rows.Bundle, cancellationToken).ConfigureAwait(false);
                hasPartials[BundleLevel] = true;
            }
        }
    }

    internal bool HasSuperseded => superseded.Count > 0;

    /// <summary>The tiles that became full, whose partial versions can go once a checkpoint covers them.</summary>
    internal List<TilePath> TakeSuperseded()
    {
        var taken = superseded;
        superseded = [];
        return taken;
    }
}
