using System.Runtime.CompilerServices;
using Microsoft.Extensions.Caching.Memory;

namespace Aixv.Track.Blobs;

/// <summary>Keeps what was written or read lately in memory: blobs never change.</summary>
internal sealed class CachedBlobStore(IBlobStore store, long maximumBytes) : IBlobStore
{
    private readonly MemoryCache cache = new(new MemoryCacheOptions { SizeLimit = maximumBytes });

    public async ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken)
    {
        var places = await store.WriteAsync(blobs, cancellationToken);
        for (var i = 0; i < places.Length; i++)
        {
            Keep(places[i], blobs[i].Content);
        }

        return places;
    }

    public async ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(location, out var kept))
        {
            return (ReadOnlyMemory<byte>)kept!;
        }

        var content = await store.ReadAsync(location, cancellationToken);
        Keep(location, content);
        return content;
    }

    private void Keep(BlobLocation location, ReadOnlyMemory<byte> content) =>
        cache.Set(location, content, new MemoryCacheEntryOptions { Size = content.Length + 128 });

    public async IAsyncEnumerable<StoredBlob> ScanAsync(BlobLocation? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in store.ScanAsync(after, cancellationToken))
        {
            yield return blob;
        }
    }

    public ValueTask DisposeAsync()
    {
        cache.Dispose();
        return store.DisposeAsync();
    }
}
