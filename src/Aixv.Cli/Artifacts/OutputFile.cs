namespace Aixv.Cli.Artifacts;

/// <summary>Where results go.</summary>
internal static class OutputFile
{
    /// <summary>Finds out before a signature is made and logged whether its bundle could be written.</summary>
    /// <exception cref="CommandFailure">There is no such folder, the path is a folder, or nothing may be written there.</exception>
    public static void RequireWritable(App app, string path)
    {
        var absolute = app.Resolve(path);
        var folder = Path.GetDirectoryName(absolute) ?? absolute;
        if (System.IO.Directory.Exists(absolute))
        {
            throw new CommandFailure($"output is a folder: {path}");
        }

        if (!System.IO.Directory.Exists(folder))
        {
            throw new CommandFailure($"output folder not found: {Path.GetDirectoryName(path)}");
        }

        try
        {
            var probe = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            File.Create(probe, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure($"output folder not writable: {folder}");
        }
    }

    /// <summary>Writes a file that appears whole, or not at all.</summary>
    /// <param name="survives">Whether it must be there after the power failed. What can be made again need not wait for the disk.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Write(string path, Action<Stream> write, bool survives = true)
    {
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024))
            {
                write(stream);
                stream.Flush(flushToDisk: survives);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
