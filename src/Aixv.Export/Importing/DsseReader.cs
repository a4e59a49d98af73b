using Aixv.Export.Attestations;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Dsse;

namespace Aixv.Export.Importing;

/// <summary>Bare DSSE envelopes. Nothing in one says whose key signed it, so its statement is described evidence.</summary>
internal sealed class DsseReader() : EvidenceReader("dsse")
{
    public override bool Recognizes(DocumentProbe document) => BundleRules.IsEnvelope(document);

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        if (document.Member("payloadType") != DsseEnvelope.InTotoPayloadType)
        {
            throw new FormatException($"envelope: its payload is '{document.Member("payloadType")}', expected {DsseEnvelope.InTotoPayloadType}");
        }

        var payload = DsseExporter.TryDecode(document.Member("payload") ?? "") ?? throw new FormatException("envelope: $.payload: base64 is expected");
        var statement = BundleRules.ParseStatement(payload) ?? throw new FormatException("envelope: its payload is no in-toto statement");
        var reading = StatementReading.Of(statement, document, artifact);
        return new ImportedEvidence(Format)
        {
            Statements = [reading.Statement, .. reading.Described],
            Notes = ["the envelope's signature was not checked: an envelope alone has neither certificate nor log entry; a Sigstore bundle has", .. reading.Notes],
        };
    }
}
