using Aixv.Cli.Output;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Artifacts;

/// <summary>Reads the files that users name, with the errors that the protocol documents (§5).</summary>
internal static class ArtifactFile
{
    /// <summary>Digests the artifact at <paramref name="path"/>, showing progress on a terminal.</summary>
    /// <exception cref="CommandFailure">Missing, a folder, not readable, or changed meanwhile.</exception>
    public static ArtifactDigests Digest(App app, string path, FileDigesterOptions options, CancellationToken cancellationToken)
    {
        var absolute = app.Resolve(path);
        if (System.IO.Directory.Exists(absolute))
        {
            throw new CommandFailure($"artifact is a folder: {path} (its digest is not defined; name a file)");
        }

        using var progress = Progress.Start(app, path);
        try
        {
            return FileDigester.Digest(
                absolute,
                options with { AllowMapping = app.Setting("AIXV_NO_MMAP") is null, Progress = progress is null ? null : progress.Report },
                cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailure($"artifact not found: {path}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure($"artifact not readable: {path} (permission denied)");
        }
        catch (FileDigesterChangedException)
        {
            throw new CommandFailure($"artifact changed while it was read: {path}");
        }
    }

    /// <summary>Finds out before anything else is asked whether there is an artifact.</summary>
    /// <exception cref="CommandFailure">There is none.</exception>
    public static void RequireExists(App app, string path)
    {
        if (!Path.Exists(app.Resolve(path)))
        {
            throw new CommandFailure($"artifact not found: {path}");
        }
    }

    /// <summary>Reads a small file whole.</summary>
    /// <param name="what">Its role, as the message names it: <c>bundle</c>.</param>
    /// <param name="maximumBytes">A longer file is refused unread.</param>
    /// <exception cref="CommandFailure">Missing, a folder, not readable or too large.</exception>
    public static byte[] Read(App app, string what, string path, int maximumBytes)
    {
        var absolute = app.Resolve(path);
        try
        {
            using var stream = new FileStream(absolute, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            var content = ReadAtMost(stream, maximumBytes);
            return content ?? throw new CommandFailure($"{what} too large: {path} (more than {maximumBytes} bytes)");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CommandFailure($"{what} not found: {path}");
        }
        catch (UnauthorizedAccessException)
        {
            throw new CommandFailure(System.IO.Directory.Exists(absolute)
                ? $"{what} is a folder: {path}"
                : $"{what} not readable: {path} (permission denied)");
        }
    }

    private static byte[]? ReadAtMost(Stream stream, int maximumBytes)
    {
        using var content = new MemoryStream();
        var buffer = new byte[Math.Min(16 * 1024, maximumBytes + 1)];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            if (content.Length + read > maximumBytes)
            {
                return null;
            }

            content.Write(buffer, 0, read);
        }

        return content.ToArray();
    }
}
