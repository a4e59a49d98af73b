using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Bare in-toto statements, of version 0.1 or 1: SLSA provenance, model signing, links, and whatever else says what it is about.</summary>
internal sealed class InTotoReader() : EvidenceReader("in-toto-statement")
{
    private static readonly string[] Types = ["https://in-toto.io/Statement/v1", "https://in-toto.io/Statement/v0.1"];

    public override bool Recognizes(DocumentProbe document) => document.Member("_type") is { } type && Types.Contains(type);

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        var reading = StatementReading.Of(document.JsonObject!, document, artifact);
        return new ImportedEvidence(reading.Format) { Statements = [reading.Statement, .. reading.Described], Notes = reading.Notes };
    }
}
