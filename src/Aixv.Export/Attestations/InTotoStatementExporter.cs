using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>in-toto Statement v1: the statement about the artifact, exactly as it was signed.</summary>
internal sealed class InTotoStatementExporter() : StatementExporter(
    Describe("in-toto-statement", "in-toto Attestation", "Statement v1", ExportNeeds.Attestation) with { Aliases = ["in-toto"] })
{
    protected override string? PredicateType => null;

    protected override JsonNode Build(Dossier dossier) => Chosen(dossier).Statement;

    /// <summary>The bytes as they were signed: a digest over the export is the digest over the evidence.</summary>
    protected override void WriteDocument(Dossier dossier, Stream output) => output.Write(Chosen(dossier).Bytes.Span);

    private static AttestationFacts Chosen(Dossier dossier) => dossier.Training ?? dossier.Attestations[0];

    protected override IEnumerable<string> PredicateFaults(JsonObject predicate) => [];
}
