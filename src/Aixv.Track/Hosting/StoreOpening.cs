using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>Opens the storage that the options choose.</summary>
internal static class StoreOpening
{
    /// <exception cref="IOException">It is in use, unreachable or damaged.</exception>
    public static async Task<IRegistryStore> OpenAsync(TrackOptions options, EntryKinds kinds, ILogger logger, CancellationToken cancellationToken)
    {
        var folder = StoreFolder.Open(options.DataFolder);
        try
        {
            var signer = LogKeyFile.LoadOrCreate(options.LogKeyFile ?? folder.Key, options.LogName ?? $"{new Uri(options.Url!).Host}/track");
            if (options.Connection is not { } connection)
            {
                return await OpenSingleAsync(folder, signer, kinds, options, logger, cancellationToken);
            }

            // The folder held the key, if anything; other nodes have folders of their own.
            folder.Dispose();
            Func<IObjectStore>? objects = options.S3 is { } s3 ? () => new S3ObjectStore(s3) : null;
            return await PostgresStore.OpenAsync(connection, signer, objects, logger.TilesNotMoved, options.Time, cancellationToken);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static async Task<IRegistryStore> OpenSingleAsync(
        StoreFolder folder, Transparency.Checkpoints.NoteSigner signer, EntryKinds kinds, TrackOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var store = await SingleNodeStore.OpenAsync(folder, signer, kinds, options.Time, cancellationToken);
        if (store.Reconciled > 0)
        {
            logger.Reconciled(store.Reconciled);
        }

        return store;
    }
}
