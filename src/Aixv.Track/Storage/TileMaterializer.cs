using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Tiles;

namespace Aixv.Track.Storage;

/// <summary>Moves full tiles and bundles from the rows into the object store.</summary>
/// <remarks>
/// Only committed rows are written, and a full tile never changes: a node that slept in between writes the same bytes that were written before. So any
/// number of nodes may do this at once.
/// </remarks>
internal sealed class TileMaterializer(PostgresDatabase database, PostgresTiles tiles, IObjectStore objects)
{
    private const int TilesAtOnce = 64;

    /// <summary>Moves what is there; returns how many tiles and bundles that were.</summary>
    /// <exception cref="IOException">The database or the object store failed.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var moved = 0;
        while (await MoveTilesAsync(cancellationToken) is > 0 and var some)
        {
            moved += some;
        }

        while (await MoveBundleAsync(cancellationToken))
        {
            moved++;
        }

        return moved;
    }

    private async Task<int> MoveTilesAsync(CancellationToken cancellationToken)
    {
        var full = new List<(int Level, long Number, byte[] Hashes)>();
        await using (var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken))
        {
            await using var rows = await session.Command(
                $"SELECT level,number,hashes FROM log_tiles WHERE length(hashes)={TilePath.FullWidth * MerkleHash.Length} ORDER BY level,number LIMIT @p0",
                TilesAtOnce).ExecuteReaderAsync(cancellationToken);
            while (await rows.ReadAsync(cancellationToken))
            {
                full.Add((rows.GetInt32(0), rows.GetInt64(1), rows.GetFieldValue<byte[]>(2)));
            }
        }

        foreach (var (level, number, hashes) in full)
        {
            await objects.PutAsync(PostgresTiles.NameOf(TilePath.Hashes(level, (ulong)number)), hashes, cancellationToken);
            await RunAsync("DELETE FROM log_tiles WHERE level=@p0 AND number=@p1", [level, number], cancellationToken);
        }

        return full.Count;
    }

    private async Task<bool> MoveBundleAsync(CancellationToken cancellationToken)
    {
        long first, size;
        await using (var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken))
        {
            await using var rows = await session.Command("SELECT (SELECT min(seq) FROM log_leaves),size FROM log_state").ExecuteReaderAsync(cancellationToken);
            if (!await rows.ReadAsync(cancellationToken) || await rows.IsDBNullAsync(0, cancellationToken))
            {
                return false;
            }

            (first, size) = (rows.GetInt64(0), rows.GetInt64(1));
        }

        var bundle = first / TilePath.FullWidth;
        var end = (bundle + 1) * TilePath.FullWidth;
        if (end > size || await tiles.ReadLeavesAsync(bundle, cancellationToken) is not { } entries)
        {
            return false;
        }

        await objects.PutAsync(PostgresTiles.NameOf(TilePath.Entries((ulong)bundle)), entries, cancellationToken);
        await RunAsync("DELETE FROM log_leaves WHERE seq>=@p0 AND seq<@p1", [bundle * TilePath.FullWidth, end], cancellationToken);
        return true;
    }

    private ValueTask<int> RunAsync(string sql, object[] values, CancellationToken cancellationToken) => database.RunAsync(
        async session => await session.Command(sql, values).ExecuteNonQueryAsync(cancellationToken), cancellationToken);
}
