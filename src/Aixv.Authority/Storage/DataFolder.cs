namespace Aixv.Authority.Storage;

/// <summary>The one folder that holds an Authority, locked for one process at a time.</summary>
/// <remarks>
/// The folder is made with mode 0700. The lock is the operating system's lock on the file <c>lock</c>: it ends with the process, however that ends.
/// </remarks>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream lockFile;

    private DataFolder(string path, FileStream lockFile)
    {
        Path = path;
        this.lockFile = lockFile;
    }

    /// <summary>The absolute path.</summary>
    public string Path { get; }

    /// <summary>Opens or makes the folder.</summary>
    /// <exception cref="IOException">Another process has it open, or it cannot be made.</exception>
    public static DataFolder Open(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        MakeFolder(full);
        var lockPath = System.IO.Path.Combine(full, "lock");
        try
        {
            return new DataFolder(full, new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (System.IO.File.Exists(lockPath))
        {
            throw new IOException($"the data folder {full} is in use by another process; stop that Authority first, or choose another folder", e);
        }
    }

    /// <summary>The path of a file inside.</summary>
    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>The path of a folder inside, made when absent.</summary>
    public string Folder(string name)
    {
        var folder = System.IO.Path.Combine(Path, name);
        MakeFolder(folder);
        return folder;
    }

    private static void MakeFolder(string path)
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
