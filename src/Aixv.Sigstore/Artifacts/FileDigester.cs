using Microsoft.Win32.SafeHandles;

namespace Aixv.Sigstore.Artifacts;

/// <summary>Digests files of any size in one pass and a few MiB of memory, at the speed of the hash (docs/cli.md, "Reading large files").</summary>
/// <remarks>
/// Two ways of reading. <c>read</c> with read-ahead works for everything. Mapping saves the copy (about a tenth of the time), but a
/// mapped file that is truncated ends the process by SIGBUS; so a file is mapped only while a kernel read lease keeps writers out,
/// on a local file system, eight MiB at a time, and reading takes over as soon as somebody waits for the lease.
/// </remarks>
public static class FileDigester
{
    private const int WindowBytes = 8 * 1024 * 1024;
    private const int ReadBytes = 128 * 1024;

    /// <summary>What is read of a short file at once: a thousand of them need no large buffer each.</summary>
    private const int SmallReadBytes = 4 * 1024;

    /// <summary>Digests the file at <paramref name="path"/>; symbolic links are followed, pipes and devices read to their end.</summary>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="DirectoryNotFoundException">No such folder.</exception>
    /// <exception cref="UnauthorizedAccessException">A folder, or a file that may not be read.</exception>
    /// <exception cref="FileDigesterChangedException">The file changed while it was read.</exception>
    /// <exception cref="IOException">The disk failed.</exception>
    public static ArtifactDigests Digest(string path, FileDigesterOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new FileDigesterOptions();
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        using var hashes = new FileDigesterHashes(options);
        if (Length(file) is not { } length)
        {
            ReadPipe(file, hashes, options.Progress, cancellationToken);
            return hashes.Finish();
        }

        var written = File.GetLastWriteTimeUtc(file);
        using var ahead = FileDigesterReadAhead.TryStart(file, length);
        var done = options.AllowMapping ? Map(file, length, hashes, ahead, options.Progress, cancellationToken) : 0;
        done = Read(file, done, length, hashes, ahead, options.Progress, cancellationToken);
        if (RandomAccess.GetLength(file) != length || File.GetLastWriteTimeUtc(file) != written || (length > 0 && done != length))
        {
            throw new FileDigesterChangedException($"'{path}' changed while it was read ({length} bytes at first, {done} read)");
        }

        return hashes.Finish();
    }

    /// <summary>The length of what can be sought; null for pipes.</summary>
    private static long? Length(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.GetLength(file);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private static void ReadPipe(SafeFileHandle file, FileDigesterHashes hashes, Action<FileDigesterProgress>? progress, CancellationToken cancellationToken)
    {
        using var stream = new FileStream(file, FileAccess.Read, bufferSize: 0);
        var buffer = GC.AllocateUninitializedArray<byte>(ReadBytes);
        var done = 0L;
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            hashes.Append(buffer.AsSpan(0, read));
            done += read;
            progress?.Invoke(new FileDigesterProgress(done, null));
        }
    }

    /// <summary>Digests what can be mapped safely and returns how many bytes that was.</summary>
    private static long Map(
        SafeFileHandle file,
        long length,
        FileDigesterHashes hashes,
        FileDigesterReadAhead? ahead,
        Action<FileDigesterProgress>? progress,
        CancellationToken cancellationToken)
    {
        if (!FileDigesterLinux.IsSupported || length < WindowBytes || !FileDigesterLinux.IsLocal(file) || !FileDigesterLinux.TryLease(file))
        {
            return 0;
        }

        try
        {
            var done = 0L;

            // The length is asked for again under the lease: only from here on can it not shrink.
            var end = Math.Min(length, RandomAccess.GetLength(file));
            while (done < end && FileDigesterLinux.IsLeaseUndisturbed(file))
            {
                cancellationToken.ThrowIfCancellationRequested();
                ahead?.MoveTo(done);
                var window = (int)Math.Min(WindowBytes, end - done);
                if (!TryAppendWindow(file, done, window, hashes))
                {
                    break;
                }

                done += window;
                progress?.Invoke(new FileDigesterProgress(done, length));
            }

            return done;
        }
        finally
        {
            FileDigesterLinux.ReleaseLease(file);
        }
    }

    private static unsafe bool TryAppendWindow(SafeFileHandle file, long offset, int length, FileDigesterHashes hashes)
    {
        var address = FileDigesterLinux.TryMap(file, offset, length);
        if (address is null)
        {
            return false;
        }

        try
        {
            hashes.Append(new ReadOnlySpan<byte>(address, length));
            return true;
        }
        finally
        {
            FileDigesterLinux.Unmap(address, length);
        }
    }

    /// <summary>Digests from <paramref name="offset"/> to the end by reading and returns where the end was.</summary>
    private static long Read(
        SafeFileHandle file,
        long offset,
        long length,
        FileDigesterHashes hashes,
        FileDigesterReadAhead? ahead,
        Action<FileDigesterProgress>? progress,
        CancellationToken cancellationToken)
    {
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(length - offset, SmallReadBytes, ReadBytes));
        for (var reported = offset; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(file, buffer, offset);
            hashes.Append(buffer.AsSpan(0, read));
            offset += read;
            if (read > 0 && offset - reported < WindowBytes)
            {
                continue;
            }

            ahead?.MoveTo(offset);
            progress?.Invoke(new FileDigesterProgress(offset, length));
            reported = offset;
            if (read == 0)
            {
                return offset;
            }
        }
    }
}
