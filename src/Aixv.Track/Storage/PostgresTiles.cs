using System.Buffers.Binary;
using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Transparency.Merkle;
using Aixv.Transparency.Storage;
using Aixv.Transparency.Tiles;

namespace Aixv.Track.Storage;

/// <summary>The log's files, from the committed rows or, once they are written there, from the object store.</summary>
/// <remarks>Rows first: they are deleted only after their object is durable, so what is in neither was never there.</remarks>
internal sealed class PostgresTiles(PostgresDatabase database, IObjectStore? objects) : ITileSource
{
    private const string Folder = "log/";

    /// <summary>The name of a tile's object.</summary>
    public static string NameOf(TilePath path) => Folder + path;

    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        if (path == ITileStore.CheckpointPath)
        {
            return await ReadRowAsync("SELECT checkpoint FROM log_state", [], cancellationToken);
        }

        if (!TilePath.TryParse(path, out var tile) || tile.Index > long.MaxValue / TilePath.FullWidth)
        {
            return default;
        }

        var found = tile.Level is { } level
            ? await ReadRowAsync("SELECT hashes FROM log_tiles WHERE level=@p0 AND number=@p1", [level, (long)tile.Index], cancellationToken)
            : await ReadLeavesAsync((long)tile.Index, cancellationToken);
        if (found is null && objects is not null)
        {
            var full = tile.Level is { } ofLevel ? TilePath.Hashes(ofLevel, tile.Index) : TilePath.Entries(tile.Index);
            found = await objects.GetAsync(NameOf(full), null, cancellationToken);
        }

        return found is { } bytes ? Cut(tile, bytes) : default(ReadOnlyMemory<byte>?);
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadRowAsync(string sql, object[] values, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken);
        return await session.Command(sql, values).ExecuteScalarAsync(cancellationToken) is byte[] found ? found : default(ReadOnlyMemory<byte>?);
    }

    /// <summary>The bundle's entries that are there, encoded; null when its first one is not.</summary>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadLeavesAsync(long bundle, CancellationToken cancellationToken)
    {
        var first = bundle * TilePath.FullWidth;
        await using var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken);
        await using var rows = await session.Command(
            "SELECT seq,leaf FROM log_leaves WHERE seq>=@p0 AND seq<@p1 ORDER BY seq", first, first + TilePath.FullWidth).ExecuteReaderAsync(cancellationToken);
        var encoded = new MemoryStream();
        while (await rows.ReadAsync(cancellationToken))
        {
            if (rows.GetInt64(0) != first++)
            {
                return default;
            }

            var leaf = rows.GetFieldValue<byte[]>(1);
            var prefix = new byte[sizeof(ushort)];
            BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)leaf.Length);
            encoded.Write(prefix);
            encoded.Write(leaf);
        }

        return encoded.Length == 0 ? default(ReadOnlyMemory<byte>?) : encoded.ToArray();
    }

    /// <summary>As wide as was asked for; null when it is not so wide yet.</summary>
    private static ReadOnlyMemory<byte>? Cut(TilePath tile, ReadOnlyMemory<byte> bytes)
    {
        if (tile.Level is not null)
        {
            var length = tile.Width * MerkleHash.Length;
            return bytes.Length >= length ? bytes[..length] : default(ReadOnlyMemory<byte>?);
        }

        var end = 0;
        for (var entry = 0; entry < tile.Width; entry++)
        {
            if (end >= bytes.Length)
            {
                return default;
            }

            end += sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(bytes.Span[end..]);
        }

        return bytes[..end];
    }
}
