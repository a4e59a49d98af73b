namespace Aixv.Track.Storage;

/// <summary>The folder of a registry on one machine, locked for one process at a time.</summary>
/// <remarks>The folder is made with mode 0700; the lock ends with the process, however that ends.</remarks>
internal sealed class StoreFolder : IDisposable
{
    private readonly FileStream lockFile;

    private StoreFolder(string path, FileStream lockFile) => (Path, this.lockFile) = (path, lockFile);

    public string Path { get; }

    public string Blobs => System.IO.Path.Combine(Path, "blobs");

    public string Log => System.IO.Path.Combine(Path, "log");

    public string Index => System.IO.Path.Combine(Path, "index.db");

    public string Scratch => System.IO.Path.Combine(Path, "scratch.db");

    /// <summary>The log's private key.</summary>
    public string Key => System.IO.Path.Combine(Path, "log.key");

    /// <exception cref="IOException">Another process has it open, or it cannot be made.</exception>
    public static StoreFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        Make(full);
        var file = System.IO.Path.Combine(full, "lock");
        try
        {
            return new StoreFolder(full, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new IOException($"track: the data folder {full} is in use by another process; stop that server first, or choose another folder", e);
        }
    }

    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public void Dispose() => lockFile.Dispose();
}
