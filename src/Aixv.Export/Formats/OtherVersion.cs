namespace Aixv.Export.Formats;

/// <summary>A document of a standard that is known here, in a version that is not written.</summary>
/// <param name="Format">The standard and the version that the document says; its id is no format's of <see cref="Exporters"/>.</param>
/// <param name="Faults">What it breaks of the MUSTs that are known; null where none of this version's are.</param>
/// <param name="Note">What was checked, and what was not.</param>
public sealed record OtherVersion(ExportFormat Format, IReadOnlyList<string>? Faults, string Note);
