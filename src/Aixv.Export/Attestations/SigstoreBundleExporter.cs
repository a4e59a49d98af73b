using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Attestations;

/// <summary>The Sigstore bundle that stands for the artifact, byte for byte: every other format's pointer to the evidence has its digest.</summary>
internal sealed class SigstoreBundleExporter() : Exporter(
    new("sigstore-bundle", "Sigstore Bundle", "0.3", "application/vnd.dev.sigstore.bundle.v0.3+json", ".sigstore.json", ExportCategory.Attestation) { Needs = ExportNeeds.Bundle, IsSignedEvidence = true })
{
    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(dossier.Bundle!.Bytes.Span);
    }

    public override bool Recognizes(DocumentProbe document) => BundleRules.IsBundle(document);

    public override IEnumerable<string> Faults(DocumentProbe document) => BundleRules.Faults(document);
}
