using Aixv.Transparency.Checkpoints;

namespace Aixv.Track.Storage;

/// <summary>Copies the folder of a registry, whether or not a server writes to it.</summary>
/// <remarks>
/// The order makes the copy sound: the checkpoint is copied first, so the journals hold at least its tree; then the journals, then the tiles, which hold at
/// least theirs; then the blobs, which hold at least those of the log. What is more than needed is passed over when the copy is opened. A journal that
/// the log replaces meanwhile has the copying begin again.
/// </remarks>
internal static class FolderBackup
{
    private const int Attempts = 10;

    /// <summary>Returns the number of entries that the copied checkpoint covers.</summary>
    /// <exception cref="IOException">The target is not empty, or a file cannot be copied.</exception>
    public static long Copy(string from, string to)
    {
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
        {
            throw new IOException($"track: {to} is not empty");
        }

        for (var attempt = 1; ; attempt++)
        {
            try
            {
                CopyAll(from, to);
                break;
            }
            catch (Exception e) when (attempt < Attempts && e is FileNotFoundException or DirectoryNotFoundException)
            {
                Directory.Delete(to, recursive: true);
            }
        }

        var checkpoint = SignedNote.Parse(File.ReadAllBytes(Path.Combine(to, "log", "checkpoint")));
        return (long)Checkpoint.Parse(checkpoint.Text.Span).Size;
    }

    private static void CopyAll(string from, string to)
    {
        Directory.CreateDirectory(to);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(to, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        CopyFile(from, to, "log.key");
        CopyFile(from, to, Path.Combine("log", "checkpoint"));
        CopyFolder(from, to, Path.Combine("log", "journal"));
        CopyFolder(from, to, Path.Combine("log", "tile"), mayVanish: true);
        CopyFolder(from, to, "blobs");
    }

    private static void CopyFolder(string from, string to, string folder, bool mayVanish = false)
    {
        Directory.CreateDirectory(Path.Combine(to, folder));
        var source = Path.Combine(from, folder);
        if (!Directory.Exists(source))
        {
            return;
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            try
            {
                CopyFile(from, to, Path.GetRelativePath(from, file));
            }
            catch (Exception e) when (mayVanish && e is FileNotFoundException or DirectoryNotFoundException)
            {
                // A partial tile that became full: the full one is there, or is written again from the journal.
            }
        }
    }

    private static void CopyFile(string from, string to, string name)
    {
        var target = Path.Combine(to, name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);

        // Not File.Copy: it asks for a lock that the writer of a journal or pack may not give.
        using var source = new FileStream(Path.Combine(from, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new FileStream(target, FileMode.Create, FileAccess.Write);
        source.CopyTo(copy);
        copy.Flush(flushToDisk: true);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(target, File.GetUnixFileMode(Path.Combine(from, name)));
        }
    }
}
