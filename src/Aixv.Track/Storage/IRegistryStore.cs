using Aixv.Track.Blobs;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Storage;

/// <summary>Where a registry is kept: blobs, log and index, and the one way to add to all three.</summary>
internal interface IRegistryStore : IAsyncDisposable
{
    IIndex Index { get; }

    IBlobStore Blobs { get; }

    LogView Log { get; }

    /// <summary>What is neither in the log nor rebuilt: stored answers, counters, positions of followers.</summary>
    IScratch Scratch { get; }

    /// <summary>Is given each batch before anyone is told of it, where no other process writes; null for nobody. It must be quick.</summary>
    Action<IReadOnlyList<(Realm Realm, IndexedEntry Entry)>>? Logged { get; set; }

    /// <summary>
    /// Checks a batch against the index, keeps it durably, appends it to the log, waits for the checkpoint, indexes it, and answers each entry,
    /// in this order. One caller at a time.
    /// </summary>
    /// <exception cref="IOException">Storage failed; entries without an answer may or may not be in the log, and are never answered as written.</exception>
    Task CommitAsync(IReadOnlyList<PendingEntry> batch, CancellationToken cancellationToken);

    /// <summary>Index and checkpoint of one moment, to be compared.</summary>
    ValueTask<AuditSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken);

    /// <summary>Drops the index and computes it again from blobs and log; returns the number of entries. Nothing is written meanwhile.</summary>
    /// <exception cref="InvalidDataException">An entry's blob is missing or is not what was logged.</exception>
    Task<long> RebuildAsync(EntryKinds kinds, CancellationToken cancellationToken);

    /// <summary>Throws when the store cannot serve: for readiness.</summary>
    Task CheckAsync(CancellationToken cancellationToken);
}
