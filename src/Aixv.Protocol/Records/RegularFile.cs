using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Aixv.Protocol.Records;

/// <summary>Tells files from pipes, which somebody may put where a file is expected: reading one would wait for ever.</summary>
public static partial class RegularFile
{
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;

    /// <summary>False for what cannot be read without somebody who writes. What cannot be opened at all is left to who opens it.</summary>
    public static bool Is(string path)
    {
        // Pipes have no length; of what has one nothing more is asked.
        if (OperatingSystem.IsWindows() || new FileInfo(path) is not { Exists: true, Length: 0 })
        {
            return true;
        }

        var descriptor = Open(path, OperatingSystem.IsMacOS() ? MacFlags : LinuxFlags);
        if (descriptor < 0)
        {
            return true;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        try
        {
            return RandomAccess.GetLength(handle) >= 0;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    /// <exception cref="FormatException">It is a pipe.</exception>
    public static void Require(string path)
    {
        if (!Is(path))
        {
            throw new FormatException($"{path}: not a regular file");
        }
    }

    /// <summary>Read only, without waiting, and not for child processes.</summary>
    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Open(string path, int flags);
}
