using System.Runtime.CompilerServices;
using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Npgsql;

namespace Aixv.Track.Storage;

/// <summary>Blobs as rows of the database: for several nodes without an object store.</summary>
internal sealed class PostgresBlobStore(PostgresDatabase database) : IBlobStore
{
    public async ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken)
    {
        var pack = await database.NextPackAsync(cancellationToken);
        var places = new BlobLocation[blobs.Count];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = new BlobLocation(pack, i, blobs[i].Content.Length);
        }

        await using var connection = await database.ConnectAsync(Realms.EveryTenant, cancellationToken);
        await using var all = new NpgsqlBatch(connection);

        // The transaction that names these blobs comes later in the same write-ahead log, and its commit waits until the disk has all before it.
        all.BatchCommands.Add(new NpgsqlBatchCommand("SELECT set_config('synchronous_commit','off',true)"));
        var insert = new NpgsqlBatchCommand("INSERT INTO blobs SELECT $1,* FROM unnest($2,$3,$4)");
        insert.Parameters.Add(new NpgsqlParameter<long> { TypedValue = pack });
        insert.Parameters.Add(new NpgsqlParameter<long[]> { TypedValue = [.. places.Select(p => p.Offset)] });
        insert.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. blobs.Select(b => (int)b.Kind)] });
        insert.Parameters.Add(new NpgsqlParameter<byte[][]> { TypedValue = [.. blobs.Select(b => b.Content.ToArray())] });
        all.BatchCommands.Add(insert);
        await all.ExecuteNonQueryAsync(cancellationToken);
        return places;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken)
    {
        await using var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken);
        var found = await session.Command("SELECT content FROM blobs WHERE pack=@p0 AND start=@p1", location.Pack, location.Offset).ExecuteScalarAsync(cancellationToken);
        return found is byte[] content && content.Length == location.Length
            ? content
            : throw new InvalidDataException($"track: pack {location.Pack} has no blob {location.Offset} of {location.Length} bytes");
    }

    public async IAsyncEnumerable<StoredBlob> ScanAsync(BlobLocation? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (pack, start) = after is { } last ? (last.Pack, last.Offset) : (-1L, -1L);
        while (true)
        {
            var page = new List<StoredBlob>();
            await using (var session = await database.OpenAsync(Realms.EveryTenant, cancellationToken))
            {
                await using var rows = await session.Command(
                    "SELECT pack,start,kind,content FROM blobs WHERE (pack,start)>(@p0,@p1) ORDER BY pack,start LIMIT 256", pack, start).ExecuteReaderAsync(cancellationToken);
                while (await rows.ReadAsync(cancellationToken))
                {
                    var content = rows.GetFieldValue<byte[]>(3);
                    page.Add(new StoredBlob(new BlobLocation(rows.GetInt64(0), rows.GetInt64(1), content.Length), new Blob((BlobKind)rows.GetInt32(2), content)));
                }
            }

            foreach (var found in page)
            {
                yield return found;
                (pack, start) = (found.Location.Pack, found.Location.Offset);
            }

            if (page.Count == 0)
            {
                yield break;
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
