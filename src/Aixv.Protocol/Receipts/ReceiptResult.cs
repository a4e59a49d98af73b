using System.Collections.Immutable;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Protocol.Receipts;

/// <summary>The outcome of a verification: <see cref="VerifiedReceipt"/> or <see cref="RejectedReceipt"/>.</summary>
public abstract record ReceiptResult
{
    private protected ReceiptResult()
    {
    }
}

/// <summary>The statement is in the log.</summary>
/// <param name="Receipt">The receipt.</param>
/// <param name="Statement">What was entered.</param>
/// <param name="Checkpoint">The tree that holds it.</param>
/// <param name="Log">The key that signed this tree.</param>
/// <param name="Witnesses">Who cosigned it, earliest first.</param>
public sealed record VerifiedReceipt(
    Receipt Receipt, ReceiptStatement Statement, Checkpoint Checkpoint, TrustedLogKey Log, ImmutableArray<Cosignature> Witnesses) : ReceiptResult;

/// <summary>The statement, as the registry's transparent statement has it, is in the log.</summary>
/// <param name="Transparent">The statement with its COSE receipt.</param>
/// <param name="Statement">What was entered.</param>
/// <param name="Leaf">What the log holds.</param>
/// <param name="Tree">The tree that holds it, as the receipt's proof gives it.</param>
/// <param name="Log">The key that signed this tree.</param>
public sealed record VerifiedTransparentStatement(
    TransparentStatement Transparent, ReceiptStatement Statement, EntryLeaf Leaf, Checkpoint Tree, TrustedLogKey Log) : ReceiptResult;

/// <summary>Something does not hold.</summary>
/// <param name="Detail">What was expected and what was found, for people.</param>
public sealed record RejectedReceipt(ReceiptRejectionReason Reason, string Detail) : ReceiptResult;
