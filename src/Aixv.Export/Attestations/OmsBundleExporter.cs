using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Attestations;

/// <summary>OpenSSF Model Signing 1.0: the Sigstore bundle over the statement. The artifact's own where it has one, else it is made by signing.</summary>
internal sealed class OmsBundleExporter() : Exporter(
    new("oms-bundle", "OpenSSF Model Signing", "1.0", "application/vnd.dev.sigstore.bundle.v0.3+json", ".sig", ExportCategory.Attestation)
    {
        Needs = ExportNeeds.Signing,
        Signature = SignatureForm.Bundle,
    })
{
    public override IReadOnlyList<string> Missing(Dossier dossier) => Own(dossier) is null ? base.Missing(dossier) : [];

    public override IReadOnlyList<string> MissingToSign(Dossier dossier) =>
        Own(dossier) is null && ModelSigning.Own(dossier) is null ? [.. NeedsCheck.Missing(ExportNeeds.Files, dossier)] : [];

    private static BundleFacts? Own(Dossier dossier) => ModelSigning.Own(dossier)?.Bundle;

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Own(dossier)!.Bytes.Span);
    }

    public override byte[] StatementToSign(Dossier dossier) => MissingToSign(dossier) is { Count: > 0 } missing
        ? throw new ExportRefusedException(Format, missing)
        : ModelSigning.Own(dossier)?.Bytes.ToArray() ?? SortedJson.Serialize(ModelSigning.Of(dossier));

    public override bool Recognizes(DocumentProbe document) =>
        BundleRules.IsBundle(document) && BundleRules.StatementIn(document).Text("predicateType") == ModelSigning.Type;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var statement = BundleRules.StatementIn(document)!;
        IEnumerable<string> faults =
        [
            .. ModelSigning.StatementFaults(statement),
            .. statement["predicate"] is System.Text.Json.Nodes.JsonObject predicate ? ModelSigning.PredicateFaults(predicate) : ["$.predicate: an object is expected"],
        ];
        return [.. BundleRules.Faults(document), .. faults.Select(fault => $"$.dsseEnvelope.payload: {fault}")];
    }
}
