namespace Aixv.Export.Formats;

/// <summary>A format that artifacts can be exported in.</summary>
/// <param name="Id">Stable; what <c>--format</c> takes.</param>
/// <param name="Standard">The standard's name, for people.</param>
/// <param name="Version">The standard's version that documents claim.</param>
/// <param name="MediaType">Of a document.</param>
/// <param name="Extension">Of a document's file, with its dot: <c>.cdx.json</c>.</param>
/// <param name="Category">Where it is listed.</param>
public sealed record ExportFormat(string Id, string Standard, string Version, string MediaType, string Extension, ExportCategory Category)
{
    /// <summary>What must be known; without it the format refuses.</summary>
    public ExportNeeds Needs { get; init; }

    /// <summary>How a document can be signed.</summary>
    public SignatureForm Signature { get; init; }

    /// <summary>Whether the document is evidence as it was signed, so that nobody need sign it again.</summary>
    public bool IsSignedEvidence { get; init; }

    /// <summary>The name that the standard gives the file, such as <c>CITATION.cff</c>; null where any will do.</summary>
    public string? FileName { get; init; }

    /// <summary>Other names that <c>--format</c> takes.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];
}
