namespace Aixv.Track.Blobs;

/// <summary>Keeps blobs in packs. Nothing that was written changes; what was written but never logged is garbage, and harmless.</summary>
internal interface IBlobStore : IAsyncDisposable
{
    /// <summary>Returns when all of these would survive a power failure: their places, in their order.</summary>
    ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken);

    /// <exception cref="InvalidDataException">There is no whole blob at this place.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken);

    /// <summary>All blobs in the order of writing, from the first of pack <paramref name="fromPack"/>; in a store of several writers, the order of the packs.</summary>
    IAsyncEnumerable<StoredBlob> ScanAsync(long fromPack, CancellationToken cancellationToken);
}
