using System.Collections.Immutable;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;

namespace Aixv.Export.Attestations;

/// <summary>SCITT transparent statement: the signed statement with the receipts that transparency services gave for it.</summary>
/// <remarks>A receipt is never made here: only a log that signs COSE can give one.</remarks>
internal sealed class ScittTransparentStatementExporter() : Exporter(
    new("scitt-transparent-statement", "SCITT Transparent Statement", "draft-ietf-scitt-architecture of 2025-10", "application/cose", ".transparent.cose", ExportCategory.Attestation)
    {
        Needs = ExportNeeds.Receipt,
        IsSignedEvidence = true,
    })
{
    public override IReadOnlyList<string> Missing(Dossier dossier) =>
        dossier.Receipts.Length > 0 && Statement(dossier) is null
            ? ["the signed statement that the receipt is of (--receipt with a transparent statement)"]
            : base.Missing(dossier);

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        var statement = Statement(dossier)!.Value;
        var receipts = dossier.Receipts
            .Where(r => r.SignedStatement is { } other && Entry(other).AsSpan().SequenceEqual(Entry(statement)))
            .Select(r => CoseReceipt.Parse(r.Bytes))
            .ToImmutableArray();
        output.Write(TransparentStatement.Attach(SignedStatement.Parse(statement), receipts).ToBytes());
    }

    private static ReadOnlyMemory<byte>? Statement(Dossier dossier) => dossier.Receipts.Select(r => r.SignedStatement).FirstOrDefault(s => s is not null);

    /// <summary>What a service registers: receipts that the unprotected header has already make no other statement.</summary>
    private static byte[] Entry(ReadOnlyMemory<byte> statement) => SignedStatement.Parse(statement).ToEntry();

    public override bool Recognizes(DocumentProbe document) => CoseProbe.Read(document)?.Unprotected.Contains(CoseLabels.Receipts) == true;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        TransparentStatement? statement = null;
        string? fault = null;
        try
        {
            statement = TransparentStatement.Parse(document.Bytes);
        }
        catch (FormatException e)
        {
            fault = e.Message;
        }

        return fault is not null ? [fault] : ScittSignedStatementExporter.Faults(statement!.Statement);
    }
}
