using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>Another document about the artifact, written in the same run.</summary>
/// <param name="Format">The id of its format.</param>
/// <param name="Location">Where it is: a URI, or relative to the document that refers to it, with forward slashes and escaped as a URI.</param>
/// <param name="Digest">Of the document.</param>
public sealed record ExportFacts(string Format, string MediaType, string Location, Digest Digest);
