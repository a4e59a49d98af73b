using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Cli.Exporting;

/// <summary>A document that was written.</summary>
/// <param name="Path">As the user would write it.</param>
/// <param name="Digest">Of the document.</param>
/// <param name="Signature">How it is signed, or the file with the signature; null for a document without one of its own.</param>
internal sealed record WrittenExport(ExportFormat Format, string Path, string Digest, long Size, string? Signature)
{
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
