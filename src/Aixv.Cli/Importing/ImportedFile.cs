using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Importing;

/// <summary>What became of one document.</summary>
/// <param name="Format">What it was read as; null where nothing could be read.</param>
/// <param name="Notes">What could not be taken, and why signatures do not count.</param>
/// <param name="Error">Why nothing was taken; null where something was.</param>
internal sealed record ImportedFile(string Path, string? Format, ImmutableArray<ImportedRecord> Records, ImmutableArray<string> Notes, string? Error)
{
    public JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["format"] = Format,
        ["records"] = new JsonArray([.. Records.Select(r => r.ToJson())]),
        ["notes"] = new JsonArray([.. Notes.Select(n => (JsonNode)n)]),
        ["error"] = Error,
    };
}
