using Aixv.Protocol.Records;

namespace Aixv.Cli.Publishing;

/// <summary>Files of the user that get new content: whole or not at all, with their rights, and where a link leads.</summary>
internal static class KeptFile
{
    /// <exception cref="IOException">The disk failed.</exception>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var file = new FileInfo(path);
        var target = file.Exists && file.ResolveLinkTarget(returnFinalTarget: true) is { } end ? end.FullName : path;
        var mode = !OperatingSystem.IsWindows() && File.Exists(target) ? File.GetUnixFileMode(target) : (UnixFileMode?)null;
        NewFile.Replace(target, content);
        if (!OperatingSystem.IsWindows() && mode is { } kept)
        {
            File.SetUnixFileMode(target, kept);
        }
    }
}
