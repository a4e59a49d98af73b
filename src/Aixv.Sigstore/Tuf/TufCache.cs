namespace Aixv.Sigstore.Tuf;

/// <summary>The folder in which one repository's trusted metadata lives.</summary>
/// <remarks>Files are replaced as a whole, so a reader sees the old or the new.</remarks>
internal sealed class TufCache(string directory)
{
    internal const string Root = "root.json";
    internal const string Timestamp = "timestamp.json";
    internal const string Snapshot = "snapshot.json";
    internal const string Targets = "targets.json";

    /// <summary>The last complete update in one file: see <see cref="TufTargets"/>.</summary>
    internal const string Complete = "complete.json";

    private static readonly TimeSpan LockPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LockPause = TimeSpan.FromMilliseconds(40);

    internal byte[]? Read(string name, int maximumLength)
    {
        try
        {
            using var file = new FileStream(Path.Combine(directory, name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > maximumLength)
            {
                return null;
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    internal void Write(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(directory);
        var temporary = Path.Combine(directory, $".{name}.{Guid.NewGuid():N}");
        try
        {
            using (var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, Path.Combine(directory, name), overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    internal void Delete(string name)
    {
        if (Directory.Exists(directory))
        {
            File.Delete(Path.Combine(directory, name));
        }
    }

    /// <summary>Waits until no other process or thread updates this folder, and holds it until disposed.</summary>
    /// <exception cref="IOException">Another holds it for longer than two minutes, or the folder cannot be written.</exception>
    internal async Task<IDisposable> LockAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, "lock");
        for (var waited = TimeSpan.Zero; ; waited += LockPause)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (File.Exists(path))
            {
                if (waited >= LockPatience)
                {
                    throw new IOException($"{path}: another process has held this lock for {LockPatience.TotalMinutes:0} minutes", e);
                }

                await Task.Delay(LockPause, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
