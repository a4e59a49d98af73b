using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Signing;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;

namespace Aixv.Export.Attestations;

/// <summary>SCITT signed statement: what is claimed of the artifact as COSE_Sign1, by whoever exports it.</summary>
/// <remarks>It exists only signed. The statement about the artifact is its payload; where there is none, the artifact's digest in a hash envelope.</remarks>
internal sealed class ScittSignedStatementExporter() : Exporter(
    new("scitt-signed-statement", "SCITT Signed Statement", "draft-ietf-scitt-architecture of 2025-10", "application/cose", ".cose", ExportCategory.Attestation)
    {
        Needs = ExportNeeds.Signing,
        Signature = SignatureForm.Cose,
    })
{
    private const string InTotoJson = "application/vnd.in-toto+json";

    public override IReadOnlyList<string> MissingToSign(Dossier dossier) => [];

    protected override void WriteDocument(Dossier dossier, Stream output) => throw new ExportRefusedException(Format, Missing(dossier));

    protected override void WriteSignedDocument(Dossier dossier, DocumentSigner signer, Stream output)
    {
        var (issuer, subject) = (SignerIdentity.Uri(signer), dossier.Artifact.Purl ?? dossier.Artifact.Urn);
        var statement = signer.Certificates.IsEmpty
            ? SignedStatement.Sign(signer.Key, issuer, subject, PayloadOf(dossier))
            : SignedStatement.SignCertified(signer.Key, signer.Certificates, issuer, subject, PayloadOf(dossier));
        var message = statement.Message;
        if (signer.Timestamp is { } timestamp)
        {
            message = message.WithTimestamp(timestamp(message.ToTimestampInput()));
        }

        output.Write(message.ToBytes());
    }

    private static StatementPayload PayloadOf(Dossier dossier) =>
        (dossier.Training ?? dossier.Attestations.FirstOrDefault()) is { } chosen
            ? StatementPayload.Embedded(chosen.Bytes, InTotoJson)
            : StatementPayload.Hashed(dossier.Artifact.Digest.ToBytes(), dossier.Artifact.MediaType, Uris.AbsoluteOrNull(dossier.Artifact.Uri));

    public override bool Recognizes(DocumentProbe document) =>
        CoseProbe.Read(document) is { } message && message.Protected.Contains(CoseLabels.CwtClaims) && !message.Protected.Contains(CoseLabels.VerifiableDataStructure);

    public override IEnumerable<string> Faults(DocumentProbe document) => SignedStatement.TryParse(document.Bytes, out var statement, out var error) ? Faults(statement) : [error];

    /// <summary>A certificate in the message must be of the key that signed it.</summary>
    internal static IEnumerable<string> Faults(SignedStatement statement) =>
        statement.Certificates is [var leaf, ..] && statement.Message.Payload is not null && !statement.TryVerify(leaf.PublicKey, out var rejection)
            ? [$"signed statement: {rejection.Detail}"] : [];
}
