using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;

namespace Aixv.Export.Dossiers;

/// <summary>Reads what transparency services hand out: a COSE receipt, or a transparent statement with the receipts in it. Verifies nothing.</summary>
public static class ReceiptReading
{
    /// <exception cref="FormatException">Neither of them.</exception>
    public static IReadOnlyList<ReceiptFacts> Read(ReadOnlyMemory<byte> file)
    {
        var message = CoseSign1.Parse(file);
        if (message.Unprotected.Contains(CoseLabels.Receipts))
        {
            return [.. TransparentStatement.Parse(file).Receipts.Select(receipt => new ReceiptFacts(receipt.ToBytes(), file))];
        }

        return message.Protected.Contains(CoseLabels.VerifiableDataStructure)
            ? [new ReceiptFacts(CoseReceipt.Parse(file).ToBytes(), default(ReadOnlyMemory<byte>?))]
            : throw new FormatException("receipt: a COSE message that is neither a receipt (395) nor a statement with receipts (394)");
    }

    /// <summary>Whether the statement of a receipt names an artifact: in its subject, in its payload, or as its payload. Null where there is no statement to ask.</summary>
    public static bool? Names(ReceiptFacts receipt, Digest artifact)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(artifact);
        if (receipt.SignedStatement is not { } bytes)
        {
            return null;
        }

        var statement = SignedStatement.Parse(bytes);
        var payload = statement.Message.Payload ?? default;
        return statement.Subject.Contains(artifact.Hex, StringComparison.OrdinalIgnoreCase)
            || payload.Span.IndexOf(Encoding.ASCII.GetBytes(artifact.Hex)) >= 0
            || payload.Span.SequenceEqual(artifact.ToBytes());
    }
}
