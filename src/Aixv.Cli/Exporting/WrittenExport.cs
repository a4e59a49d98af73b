using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Cli.Exporting;

/// <summary>A document that was written.</summary>
/// <param name="Path">As the user would write it.</param>
/// <param name="Digest">Of the document.</param>
/// <param name="Signature">How it is signed, or the file with the signature; null for a document without one of its own.</param>
internal sealed record WrittenExport(ExportFormat Format, string Path, string Digest, long Size, string? Signature)
{
    /// <summary>The document as one at <paramref name="from"/> refers to it.</summary>
    public ExportFacts ToFacts(string from)
    {
        var relative = System.IO.Path.GetRelativePath(System.IO.Path.GetDirectoryName(from) is { Length: > 0 } folder ? folder : ".", Path);
        return new ExportFacts(Format.Id, Format.MediaType, string.Join('/', relative.Split(System.IO.Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)), Aixv.Sigstore.Artifacts.Digest.Parse(Digest));
    }

    public JsonObject ToJson() => new()
    {
        ["format"] = Format.Id,
        ["media_type"] = Format.MediaType,
        ["path"] = Path,
        ["digest"] = Digest,
        ["size"] = Size,
        ["signature"] = Signature,
    };
}
