using Microsoft.Win32.SafeHandles;

namespace Aixv.Sigstore.Artifacts;

/// <summary>A thread that keeps the disk ahead of the hash, so that neither waits for the other. Pages go to the page cache, not to us.</summary>
internal sealed class FileDigesterReadAhead : IDisposable
{
    /// <summary>Shorter files are read ahead by the kernel itself.</summary>
    private const long WorthwhileBytes = 32 * 1024 * 1024;
    private const long DistanceBytes = 32 * 1024 * 1024;
    private const int StepBytes = 2 * 1024 * 1024;

    private readonly SafeFileHandle file;
    private readonly long length;
    private readonly AutoResetEvent moved = new(initialState: true);
    private readonly Thread thread;
    private long position;
    private volatile bool finished;

    private FileDigesterReadAhead(SafeFileHandle file, long length)
    {
        this.file = file;
        this.length = length;
        thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "read-ahead" };
        thread.Start();
    }

    /// <summary>Starts reading ahead, or returns null where that is of no use or the platform has no such call.</summary>
    public static FileDigesterReadAhead? TryStart(SafeFileHandle file, long length) =>
        FileDigesterLinux.IsSupported && length >= WorthwhileBytes ? new FileDigesterReadAhead(file, length) : null;

    /// <summary>Tells how far the hash is.</summary>
    public void MoveTo(long offset)
    {
        Volatile.Write(ref position, offset);
        moved.Set();
    }

    private void Run()
    {
        for (var ahead = 0L; ahead < length && !finished;)
        {
            if (ahead >= Volatile.Read(ref position) + DistanceBytes)
            {
                moved.WaitOne();
                continue;
            }

            FileDigesterLinux.ReadAhead(file, ahead, StepBytes);
            ahead += StepBytes;
        }
    }

    public void Dispose()
    {
        finished = true;
        moved.Set();
        thread.Join();
        moved.Dispose();
    }
}
