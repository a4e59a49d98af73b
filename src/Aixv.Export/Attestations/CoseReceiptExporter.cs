using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Cose;

namespace Aixv.Export.Attestations;

/// <summary>COSE receipt: that a transparency service has a signed statement in its log, as the service gave it.</summary>
internal sealed class CoseReceiptExporter() : Exporter(
    new("cose-receipt", "COSE Receipt", "draft-ietf-cose-merkle-tree-proofs of 2025-12", "application/cose", ".receipt.cose", ExportCategory.Attestation) { Needs = ExportNeeds.Receipt, IsSignedEvidence = true })
{
    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(output);
        output.Write(dossier.Receipts[0].Bytes.Span);
    }

    public override bool Recognizes(DocumentProbe document) => CoseProbe.Read(document)?.Protected.Contains(CoseLabels.VerifiableDataStructure) == true;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        if (!CoseReceipt.TryParse(document.Bytes, out var receipt, out var error))
        {
            return [error];
        }

        if (!receipt.Message.Protected.Contains(CoseLabels.Algorithm))
        {
            return ["receipt: the protected header names no algorithm (1)"];
        }

        // A path has the length that index and size ask for; which leaf stands under it does not matter to that.
        return receipt.InclusionProofs.Any(proof => proof.RootFrom(default) is null)
            ? ["receipt: index, tree size and number of hashes of a proof do not go together"]
            : receipt.InclusionProofs.IsEmpty && receipt.ConsistencyProofs.IsEmpty ? ["receipt: it has no proof"] : [];
    }
}
