using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>What became of one input.</summary>
/// <param name="Path">As the caller named it.</param>
/// <param name="Source">Null where nothing could be read.</param>
/// <param name="Progress">How far it came, in all.</param>
/// <param name="ResumedAt">The line after which an import that was stopped went on; null for a new one.</param>
/// <param name="WasThere">Whether all of it was imported before.</param>
/// <param name="Faults">The first of what could not be read.</param>
/// <param name="Notes">Why signatures do not count.</param>
/// <param name="Error">Why it ended before its end; null where it did not.</param>
internal sealed record ImportedGraph(
    string Path, string? Source, ImportProgress Progress, long? ResumedAt, bool WasThere, ImmutableArray<string> Faults, ImmutableArray<string> Notes, string? Error)
{
    public JsonObject ToJson() => new()
    {
        ["path"] = Path,
        ["format"] = Progress.Format.Length > 0 ? Progress.Format : null,
        ["source"] = Source,
        ["lines"] = Progress.Lines,
        ["nodes"] = Progress.Nodes,
        ["links"] = Progress.Links,
        ["attested"] = Progress.Attested,
        ["bad"] = Progress.Bad,
        ["resumed_at"] = ResumedAt,
        ["already_imported"] = WasThere,
        ["faults"] = new JsonArray([.. Faults.Select(f => (JsonNode)f)]),
        ["notes"] = new JsonArray([.. Notes.Select(n => (JsonNode)n)]),
        ["error"] = Error,
    };
}
