namespace Aixv.Track.Blobs;

/// <summary>Keeps blobs in packs. Nothing that was written changes; what was written but never logged is garbage, and harmless.</summary>
internal interface IBlobStore : IAsyncDisposable
{
    /// <summary>Returns when all of these would survive a power failure: their places, in their order.</summary>
    ValueTask<BlobLocation[]> WriteAsync(IReadOnlyList<Blob> blobs, CancellationToken cancellationToken);

    /// <exception cref="InvalidDataException">There is no whole blob at this place.</exception>
    ValueTask<ReadOnlyMemory<byte>> ReadAsync(BlobLocation location, CancellationToken cancellationToken);

    /// <summary>All blobs after this one, or all that there are, in the order of writing; in a store of several writers, pack by pack.</summary>
    IAsyncEnumerable<StoredBlob> ScanAsync(BlobLocation? after, CancellationToken cancellationToken);
}
