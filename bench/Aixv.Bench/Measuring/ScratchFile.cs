using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Aixv.Bench.Measuring;

/// <summary>A large file of random bytes, deleted at the end, that can be put into the page cache and out of it.</summary>
internal sealed partial class ScratchFile : IDisposable
{
    private const int BlockBytes = 16 * 1024 * 1024;
    private const int DontNeed = 4;

    private ScratchFile(string path, long length)
    {
        Path = path;
        Length = length;
    }

    internal string Path { get; }

    internal long Length { get; }

    internal static ScratchFile Create(BenchOptions options)
    {
        Directory.CreateDirectory(options.Scratch);
        var file = new ScratchFile(System.IO.Path.Combine(options.Scratch, "hash.bin"), options.FileBytes);
        using var handle = File.OpenHandle(file.Path, FileMode.Create, FileAccess.Write);
        var block = RandomNumberGenerator.GetBytes(BlockBytes);
        for (var at = 0L; at < file.Length; at += BlockBytes)
        {
            RandomAccess.Write(handle, block.AsSpan(0, (int)Math.Min(BlockBytes, file.Length - at)), at);
        }

        RandomAccess.FlushToDisk(handle);
        return file;
    }

    /// <summary>Reads all of it and throws the bytes away.</summary>
    internal void Read()
    {
        using var handle = Open();
        var buffer = GC.AllocateUninitializedArray<byte>(1024 * 1024);
        for (long at = 0, read = 1; read > 0; at += read)
        {
            read = RandomAccess.Read(handle, buffer, at);
        }
    }

    /// <summary>Puts it out of the page cache.</summary>
    internal void Evict()
    {
        using var handle = Open();
        if (posix_fadvise(handle, 0, 0, DontNeed) != 0)
        {
            throw new IOException("posix_fadvise failed");
        }
    }

    private SafeFileHandle Open() => File.OpenHandle(Path, FileMode.Open, FileAccess.Read, FileShare.Read, FileOptions.SequentialScan);

    public void Dispose() => File.Delete(Path);

    [LibraryImport("libc")]
    private static partial int posix_fadvise(SafeHandle file, long offset, long length, int advice);
}
