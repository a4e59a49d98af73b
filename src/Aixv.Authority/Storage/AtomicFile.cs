namespace Aixv.Authority.Storage;

/// <summary>Files that are either as they were or as they should be, also after a crash.</summary>
internal static class AtomicFile
{
    /// <summary>Readable and writable by the owner alone.</summary>
    public const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Readable by everybody.</summary>
    public const UnixFileMode Public = Secret | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Replaces <paramref name="path"/> with <paramref name="content"/>; the bytes are on the disk before the name points at them.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content, UnixFileMode mode, bool overwrite = true)
    {
        var temporary = $"{path}.{Path.GetRandomFileName()}.tmp";
        try
        {
            using (var file = new FileStream(temporary, OptionsFor(mode)))
            {
                file.Write(content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static FileStreamOptions OptionsFor(UnixFileMode mode)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = mode;
        }

        return options;
    }
}
