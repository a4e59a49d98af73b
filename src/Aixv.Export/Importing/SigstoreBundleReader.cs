using Aixv.Export.Attestations;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Dsse;

namespace Aixv.Export.Importing;

/// <summary>Sigstore bundles over in-toto statements, those of OpenSSF model signing among them.</summary>
internal sealed class SigstoreBundleReader() : EvidenceReader("sigstore-bundle")
{
    public override bool Recognizes(DocumentProbe document) => BundleRules.IsBundle(document);

    public override ImportedEvidence Read(DocumentProbe document, Digest? artifact)
    {
        var (bundle, fault) = BundleRules.Read(document);
        if (bundle is null)
        {
            throw new FormatException($"bundle: {fault}");
        }

        if (bundle.Content is not SignedEnvelope { Envelope: var envelope })
        {
            throw new FormatException("bundle: it signs an artifact's bytes and says nothing of it; keep it beside the artifact as NAME.sigstore.json, where 'aixv verify' finds it");
        }

        if (envelope.PayloadType != DsseEnvelope.InTotoPayloadType || BundleRules.ParseStatement(envelope.Payload) is not { } statement)
        {
            throw new FormatException("bundle: what it signs is no in-toto statement");
        }

        var reading = StatementReading.Of(statement, document, artifact);
        return new ImportedEvidence(Format)
        {
            Bundles = [new ImportedBundle(document.Bytes, reading.Statement, reading.Described)],
            Notes = reading.Notes,
        };
    }
}
