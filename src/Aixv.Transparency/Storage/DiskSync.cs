using System.Runtime.InteropServices;

namespace Aixv.Transparency.Storage;

/// <summary>The syncs that .NET does not expose: of a directory's names, and of a whole file system.</summary>
internal static partial class DiskSync
{
    private const string Library = "libc";
    private const int ReadOnly = 0;

    /// <summary>Whether <see cref="FileSystem"/> exists here: one call instead of one for each file.</summary>
    internal static bool HasFileSystemSync { get; } = OperatingSystem.IsLinux();

    /// <summary>Makes the names in a directory durable. Windows does so by itself.</summary>
    internal static void Directory(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            WithDescriptor(path, Sync);
        }
    }

    /// <summary>Makes everything on the file system that holds <paramref name="path"/> durable.</summary>
    internal static void FileSystem(string path) => WithDescriptor(path, SyncFileSystem);

    private static void WithDescriptor(string path, Func<int, int> sync)
    {
        var descriptor = Open(path, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(path);
        }

        try
        {
            if (sync(descriptor) != 0)
            {
                throw Failure(path);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string path)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"log: cannot sync {path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport(Library, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int descriptor);

    [LibraryImport(Library, EntryPoint = "syncfs", SetLastError = true)]
    private static partial int SyncFileSystem(int descriptor);

    [LibraryImport(Library, EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);
}
