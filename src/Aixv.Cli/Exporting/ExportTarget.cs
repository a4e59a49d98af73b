using System.Security.Cryptography;
using Aixv.Cli.Artifacts;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Cli.Exporting;

/// <summary>Where documents go: a file, a folder with one file for each format, or nowhere yet.</summary>
/// <param name="Path">As the user wrote it; null for standard output.</param>
/// <param name="IsFolder">Whether each format gets a file of its own in it.</param>
internal sealed record ExportTarget(string? Path, bool IsFolder)
{
    /// <exception cref="CommandFailure">Several documents and no folder to put them in.</exception>
    public static ExportTarget Choose(App app, string? output, bool isMany)
    {
        if (output is null)
        {
            return isMany ? throw new CommandFailure("several formats need a folder: pass -o DIR") : new ExportTarget(null, false);
        }

        var isFolder = isMany || output[^1] is '/' or '\\' || Directory.Exists(app.Resolve(output));
        if (isFolder && File.Exists(app.Resolve(output)))
        {
            throw new CommandFailure($"several formats need a folder, and {output} is a file");
        }

        if (!isFolder)
        {
            OutputFile.RequireWritable(app, output);
        }

        return new ExportTarget(output, isFolder);
    }

    /// <summary>The file for a format, as the user would write it. A standard's own file name gets a folder of its own.</summary>
    public string PathFor(Exporter exporter, Dossier dossier) => !IsFolder ? Path!
        : exporter.FileName(dossier) is { } name ? System.IO.Path.Combine(Path!, exporter.Format.Id, name)
        : System.IO.Path.Combine(Path!, $"{exporter.Format.Id}{exporter.Format.Extension}");

    /// <summary>Writes one document, whole or not at all.</summary>
    /// <param name="signature">Where its signature is; null where it has none, so that it can be made again at any time.</param>
    public static WrittenExport Write(App app, ExportFormat format, string path, Action<Stream> write, string? signature = null)
    {
        var absolute = app.Resolve(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(absolute)!);
        var (digest, size) = ("", 0L);
        OutputFile.Write(absolute, stream =>
        {
            write(stream);
            size = stream.Length;
            stream.Position = 0;
            digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(stream))}";
        }, survives: signature is not null);
        return new WrittenExport(format, path, digest, size, signature);
    }
}
