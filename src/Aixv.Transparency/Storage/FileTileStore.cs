using System.Globalization;
using Aixv.Transparency.Tiles;

namespace Aixv.Transparency.Storage;

/// <summary>A log in a directory; docs/transparency-log.md has the layout.</summary>
/// <remarks>Calls do their work on the calling thread: the page cache makes it shorter than a thread switch, but for the syncs.</remarks>
public sealed class FileTileStore : ITileStore
{
    private const string JournalFolder = "journal";
    private const string JournalSuffix = ".journal";
    private const string TemporarySuffix = ".tmp";

    private readonly DurableFiles files = new();

    /// <param name="directory">Created when it does not exist.</param>
    public FileTileStore(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        Root = Path.GetFullPath(directory);
        Directory.CreateDirectory(Path.Combine(Root, JournalFolder));
    }

    /// <summary>The directory's full path.</summary>
    public string Root { get; }

    /// <summary>The file that holds a public resource, whether it exists or not; null when the name is not one of this log's.</summary>
    /// <remarks>Only <c>checkpoint</c> and canonical tile names have files, so no name leads out of the directory.</remarks>
    public string? FileOf(string path) =>
        path == ITileStore.CheckpointPath || TilePath.TryParse(path, out _) ? Path.Combine(Root, path) : null;

    public ValueTask<IAsyncDisposable> LockAsync(CancellationToken cancellationToken = default)
    {
        var path = Path.Combine(Root, "lock");
        try
        {
            return new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new IOException($"log: {Root} is open in another process or log (lock file {path}): {e.Message}", e);
        }
    }

    public ValueTask<ReadOnlyMemory<byte>?> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (FileOf(path) is not { } file)
        {
            return new((ReadOnlyMemory<byte>?)null);
        }

        try
        {
            return new(File.ReadAllBytes(file));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new((ReadOnlyMemory<byte>?)null);
        }
    }

    public ValueTask WriteAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = FileOf(path) ?? throw new ArgumentException($"log: '{path}' is neither 'checkpoint' nor a tile", nameof(path));
        files.Replace(file, file + TemporarySuffix, content.Span);
        return ValueTask.CompletedTask;
    }

    public ValueTask DeletePartialsAsync(TilePath full, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(full);
        try
        {
            Directory.Delete(Path.Combine(Root, full + ".p"), recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // As good as deleted.
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask SyncAsync(CancellationToken cancellationToken = default)
    {
        files.Sync(Root);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<ulong>> ListJournalsAsync(CancellationToken cancellationToken = default)
    {
        var numbers = new List<ulong>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, JournalFolder), "*" + JournalSuffix))
        {
            if (ulong.TryParse(Path.GetFileNameWithoutExtension(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && file == JournalFile(number))
            {
                numbers.Add(number);
            }
        }

        numbers.Sort();
        return new(numbers);
    }

    private string JournalFile(ulong number) => Path.Combine(Root, JournalFolder, number.ToString("D20", CultureInfo.InvariantCulture) + JournalSuffix);

    public ValueTask<IJournal> CreateJournalAsync(ulong number, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default) =>
        new(FileJournal.Create(JournalFile(number), JournalFile(number) + TemporarySuffix, content.Span));

    public ValueTask<Stream> OpenJournalAsync(ulong number, CancellationToken cancellationToken = default) =>
        new(new FileStream(JournalFile(number), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1 << 20));

    public ValueTask DeleteJournalAsync(ulong number, CancellationToken cancellationToken = default)
    {
        File.Delete(JournalFile(number));
        return ValueTask.CompletedTask;
    }
}
