using Microsoft.Win32.SafeHandles;

namespace Aixv.Transparency.Storage;

/// <summary>A journal in a file, synced at every append.</summary>
internal sealed class FileJournal : IJournal
{
    private readonly SafeFileHandle handle;
    private long length;

    private FileJournal(SafeFileHandle handle, long length)
    {
        this.handle = handle;
        this.length = length;
    }

    internal static IJournal Create(string file, string temporary, ReadOnlySpan<byte> content)
    {
        var handle = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle);
            File.Move(temporary, file, overwrite: true);
            DiskSync.Directory(Path.GetDirectoryName(file)!);
            return new FileJournal(handle, content.Length);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public ValueTask AppendAsync(IReadOnlyList<ReadOnlyMemory<byte>> parts, CancellationToken cancellationToken = default)
    {
        RandomAccess.Write(handle, parts, length);
        foreach (var part in parts)
        {
            length += part.Length;
        }

        RandomAccess.FlushToDisk(handle);
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        handle.Dispose();
        return ValueTask.CompletedTask;
    }
}
