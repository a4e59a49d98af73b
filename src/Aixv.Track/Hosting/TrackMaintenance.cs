using System.Text;
using Aixv.Track.Indexing;
using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;
using Microsoft.Extensions.Logging;

namespace Aixv.Track.Hosting;

/// <summary>
/// Work on a registry's storage. With the embedded storage the server must be stopped, but for <see cref="Backup"/>; on PostgreSQL it may run.
/// </summary>
public static class TrackMaintenance
{
    /// <summary>Drops the index and computes it again from blobs and log; returns the number of entries.</summary>
    /// <exception cref="IOException">The storage is in use or cannot be reached.</exception>
    /// <exception cref="InvalidDataException">An entry's blob is missing or is not what was logged.</exception>
    public static async Task<long> RebuildAsync(TrackOptions options, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Connection is null)
        {
            // What is damaged may not even open.
            using var folder = StoreFolder.Open(RequireRegistry(options.DataFolder));
            foreach (var part in (string[])["", "-wal", "-shm"])
            {
                File.Delete(folder.Index + part);
            }
        }

        await using var store = await OpenAsync(options, logger, cancellationToken);
        return options.Connection is null
            ? await store.Index.SizeAsync(cancellationToken)
            : await store.RebuildAsync(KnownKinds.Create(), cancellationToken);
    }

    /// <summary>Proves that log, blobs and index agree, and that the log only grew since an earlier checkpoint.</summary>
    /// <param name="options">The registry.</param>
    /// <param name="before">The checkpoint of an earlier audit, or one that a client or witness saw; null for none.</param>
    /// <param name="logger">Told of failures.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The storage is in use or cannot be reached.</exception>
    /// <exception cref="FormatException">The earlier checkpoint is none.</exception>
    public static async Task<AuditReport> AuditAsync(TrackOptions options, string? before, ILogger logger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var earlier = before is null ? null : SignedNote.Parse(Encoding.UTF8.GetBytes(before));
        await using var store = await OpenAsync(options, logger, cancellationToken);
        await using var snapshot = await store.OpenSnapshotAsync(cancellationToken);
        var faults = await new Audit(store, snapshot, KnownKinds.Create()).RunAsync(earlier, Path.GetTempPath(), cancellationToken);
        return new AuditReport((long)Checkpoint.Parse(snapshot.Checkpoint.Text.Span).Size, snapshot.Checkpoint.ToString(), faults);
    }

    private static Task<IRegistryStore> OpenAsync(TrackOptions options, ILogger logger, CancellationToken cancellationToken) => StoreOpening.OpenAsync(
        options with { DataFolder = options.Connection is null ? RequireRegistry(options.DataFolder) : options.DataFolder, Url = options.Url ?? "http://localhost" },
        KnownKinds.Create(),
        logger,
        cancellationToken);

    /// <summary>Copies a registry of the embedded storage to a new folder, also while its server runs; returns the number of entries in the copy.</summary>
    /// <remarks>The index is not copied: it is computed when the copy is restored.</remarks>
    /// <exception cref="IOException">The target is not empty, or a file cannot be copied.</exception>
    public static long Backup(string dataFolder, string target) => FolderBackup.Copy(RequireRegistry(dataFolder), target);

    /// <summary>Puts a backup into a new data folder, computes its index and audits it.</summary>
    /// <param name="backup">What <see cref="Backup"/> made.</param>
    /// <param name="dataFolder">Must be empty or absent.</param>
    /// <param name="latest">
    /// The latest checkpoint that anyone knows of (a client's receipt, a witness, a monitor), or null. A backup that is behind it is refused: going on from
    /// there would give the log a second history under the same key.
    /// </param>
    /// <param name="logger">Told of failures.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="IOException">The folder is not empty, or a file cannot be copied.</exception>
    /// <exception cref="InvalidDataException">The backup is behind the given checkpoint, or of another history.</exception>
    public static async Task<AuditReport> RestoreAsync(
        string backup, string dataFolder, string? latest, ILogger logger, CancellationToken cancellationToken = default)
    {
        FolderBackup.Copy(RequireRegistry(backup), dataFolder);
        var report = await AuditAsync(new TrackOptions { DataFolder = dataFolder }, latest, logger, cancellationToken);
        return latest is null || report.Faults.Count == 0
            ? report
            : throw new InvalidDataException($"track: the backup cannot be gone on from: {string.Join("; ", report.Faults)}");
    }

    private static string RequireRegistry(string folder) => File.Exists(Path.Combine(folder, "log.key"))
        ? folder
        : throw new DirectoryNotFoundException($"track: {folder} is not the data folder of a registry: there is no log.key");
}
