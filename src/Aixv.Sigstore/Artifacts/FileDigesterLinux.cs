using System.Runtime.InteropServices;

namespace Aixv.Sigstore.Artifacts;

/// <summary>The Linux system calls that reading a file at the speed of the hash needs (x64 and arm64).</summary>
internal static unsafe partial class FileDigesterLinux
{
    private const int ProtRead = 1;
    private const int MapShared = 1;
    private const int MadvPopulateRead = 22;
    private const int FadvWillNeed = 3;
    private const int SetSignal = 10;
    private const int SetLease = 1024;
    private const int GetLease = 1025;
    private const int ReadLease = 0;
    private const int Unlock = 2;
    private const int SigUrg = 23;

    /// <summary>statfs f_type of file systems whose pages do not depend on a server: ext, xfs, btrfs, tmpfs, overlay, f2fs, zfs.</summary>
    private static ReadOnlySpan<uint> LocalFileSystems => [0xEF53, 0x58465342, 0x9123683E, 0x01021994, 0x794C7630, 0xF2F52010, 0x2FC12FC1];

    public static bool IsSupported => OperatingSystem.IsLinux()
        && RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.Arm64;

    public static bool IsLocal(SafeHandle file)
    {
        var buffer = stackalloc long[32];
        return fstatfs(file, buffer) == 0 && LocalFileSystems.Contains(unchecked((uint)buffer[0]));
    }

    /// <summary>
    /// Takes a read lease (fcntl(2), F_SETLEASE): from now on whoever opens the file for writing or truncates it waits until
    /// the lease is given back. Refused when a writer has the file open, or when it belongs to another user.
    /// </summary>
    /// <remarks>The kernel announces waiters by SIGURG, which is ignored by default, instead of SIGIO, which would end the process.</remarks>
    public static bool TryLease(SafeHandle file) => fcntl(file, SetSignal, SigUrg) == 0 && fcntl(file, SetLease, ReadLease) == 0;

    /// <summary>Whether the lease is held and nobody waits for it.</summary>
    public static bool IsLeaseUndisturbed(SafeHandle file) => fcntl(file, GetLease, 0) == ReadLease;

    public static void ReleaseLease(SafeHandle file) => _ = fcntl(file, SetLease, Unlock);

    /// <summary>Asks the kernel to read ahead; it answers at once. A hint: errors do not matter.</summary>
    public static void ReadAhead(SafeHandle file, long offset, long length) => _ = posix_fadvise(file, offset, length, FadvWillNeed);

    /// <summary>Maps a part of the file with all its pages present, or returns null. Disk errors show here, not as a signal later.</summary>
    public static byte* TryMap(SafeHandle file, long offset, int length)
    {
        var address = mmap(null, (nuint)length, ProtRead, MapShared, file, offset);
        if ((nint)address == -1)
        {
            return null;
        }

        if (madvise(address, (nuint)length, MadvPopulateRead) == 0)
        {
            return (byte*)address;
        }

        Unmap((byte*)address, length);
        return null;
    }

    public static void Unmap(byte* address, int length) => _ = munmap(address, (nuint)length);

    [LibraryImport("libc")]
    private static partial int fstatfs(SafeHandle file, long* buffer);

    [LibraryImport("libc")]
    private static partial int fcntl(SafeHandle file, int command, nint argument);

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeHandle file, long offset, long length, int advice);

    [LibraryImport("libc")]
    private static partial void* mmap(void* address, nuint length, int protection, int flags, SafeHandle file, long offset);

    [LibraryImport("libc")]
    private static partial int madvise(void* address, nuint length, int advice);

    [LibraryImport("libc")]
    private static partial int munmap(void* address, nuint length);
}
