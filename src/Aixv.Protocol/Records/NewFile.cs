using System.Runtime.InteropServices;

namespace Aixv.Protocol.Records;

/// <summary>Files that appear whole and on the disk, or not at all.</summary>
public static partial class NewFile
{
    private const int FileExists = 17;

    /// <summary>Creates a file; false when the name is taken, whose file is then untouched.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static bool TryCreate(string path, ReadOnlySpan<byte> content)
    {
        var temporary = WriteBeside(path, content);
        try
        {
            return TryGiveName(temporary, path);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>Of several processes that try at once, one succeeds.</summary>
    /// <remarks>On Unix, File.Move looks first and renames then, so two could succeed; a hard link is made or not.</remarks>
    private static bool TryGiveName(string temporary, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(temporary, path) == 0)
            {
                return true;
            }

            if (Marshal.GetLastPInvokeError() == FileExists)
            {
                return false;
            }

            // A file system without hard links: the next best thing.
        }

        try
        {
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string existing, string added);

    /// <summary>Creates a file or takes the place of one that is there.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var temporary = WriteBeside(path, content);
        try
        {
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The same of several files that belong together: none is touched before all are on the disk.</summary>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void ReplaceAll(params IReadOnlyList<(string Path, ReadOnlyMemory<byte> Content)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var temporaries = new List<string>();
        try
        {
            foreach (var (path, content) in files)
            {
                temporaries.Add(WriteBeside(path, content.Span));
            }

            for (var i = 0; i < files.Count; i++)
            {
                File.Move(temporaries[i], files[i].Path, overwrite: true);
            }
        }
        finally
        {
            temporaries.ForEach(File.Delete);
        }
    }

    private static string WriteBeside(string path, ReadOnlySpan<byte> content)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }

        return temporary;
    }
}
