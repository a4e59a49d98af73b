using System.Collections.Immutable;
using System.Diagnostics;
using Aixv.Sigstore.Json;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Proofs;

namespace Aixv.Protocol.Receipts;

/// <summary>Verifies receipts offline: a pure function of the receipt's bytes, what is trusted, and the time.</summary>
public static class ReceiptVerifier
{
    /// <summary>How far clocks may be apart.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    public static ReceiptResult Verify(ReadOnlyMemory<byte> receipt, ReceiptTrust trust, DateTimeOffset now)
    {
        try
        {
            return Verify(Receipt.Parse(receipt), trust, now);
        }
        catch (FormatException e)
        {
            return new RejectedReceipt(ReceiptRejectionReason.Malformed, e.Message);
        }
    }

    public static ReceiptResult Verify(Receipt receipt, ReceiptTrust trust, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(trust);
        ReceiptStatement statement;
        try
        {
            statement = ReceiptStatement.Parse(receipt.Statement);
        }
        catch (FormatException e)
        {
            return new RejectedReceipt(ReceiptRejectionReason.StatementMalformed, e.Message);
        }

        return CheckLeaf(receipt.Leaf, receipt.Salt.Span, receipt.Statement.Span, statement) ?? CheckLog(receipt, statement, trust, now);
    }

    internal static RejectedReceipt? CheckLeaf(EntryLeaf leaf, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> bytes, ReceiptStatement statement)
    {
        if (!leaf.Holds(salt, bytes))
        {
            return new(ReceiptRejectionReason.LeafMismatch, leaf.IsSalted
                ? "the leaf is not the hash of this salt and statement" : salt.IsEmpty
                ? "the leaf is not the hash of this statement" : "the receipt has a salt and the leaf is that of a public entry");
        }

        return leaf.Kind is not null && leaf.Kind != statement.Kind
            ? new(ReceiptRejectionReason.LeafMismatch, $"the leaf is of the kind {leaf.Kind}, the statement of {statement.Kind}")
            : null;
    }

    private static ReceiptResult CheckLog(Receipt receipt, ReceiptStatement statement, ReceiptTrust trust, DateTimeOffset now)
    {
        var (found, problem) = FindLog(receipt, trust);
        if (found is not { } signed)
        {
            return problem!;
        }

        return CheckTime(statement.Time, signed.Proof.Witnesses, now)
            ?? CheckLife(signed.Log.Life, statement.Time, signed.Proof.Witnesses, trust.Witnesses, now)
            ?? CheckLife(receipt.LogKey.Life, statement.Time, signed.Proof.Witnesses, trust.Witnesses, now)
            ?? (ReceiptResult)new VerifiedReceipt(receipt, statement, signed.Proof.Checkpoint, signed.Log, signed.Proof.Witnesses);
    }

    /// <summary>The first trusted log whose key signed; a refusal by any that claims to have signed is final.</summary>
    private static ((TrustedLogKey Log, VerifiedProof Proof)? Found, RejectedReceipt? Problem) FindLog(Receipt receipt, ReceiptTrust trust)
    {
        var origin = Checkpoint.Parse(receipt.Proof.Checkpoint.Text.Span).Origin;
        foreach (var log in trust.Logs)
        {
            if (!log.Origins.Contains(origin))
            {
                continue;
            }

            if (receipt.Proof.TryVerify(receipt.Leaf.ToMerkleHash(), log.Verifier, trust.Witnesses, out var verified, out var problem))
            {
                return ((log, verified), null);
            }

            if (problem is not (LogProofProblem.NotSigned or LogProofProblem.OriginMismatch))
            {
                return (null, Refuse(problem, origin, trust.Witnesses));
            }
        }

        return (null, new(ReceiptRejectionReason.LogUnknown, $"no trusted key signed the checkpoint of {origin}; the receipt names {receipt.LogKey.Verifier.ToVerifierKey()}"));
    }

    private static RejectedReceipt Refuse(LogProofProblem problem, string origin, WitnessPolicy witnesses) => problem switch
    {
        LogProofProblem.SignatureInvalid => new(ReceiptRejectionReason.CheckpointSignatureInvalid, $"the signature of {origin} on its checkpoint does not verify"),
        LogProofProblem.InclusionInvalid => new(ReceiptRejectionReason.InclusionProofInvalid, "the hashes do not lead from the leaf to the checkpoint's root"),
        LogProofProblem.WitnessMissing => new(ReceiptRejectionReason.WitnessMissing, $"fewer than {witnesses.Required} of {witnesses.Witnesses.Length} trusted witnesses cosigned the checkpoint"),
        LogProofProblem.CheckpointMalformed => new(ReceiptRejectionReason.Malformed, "the note is not a checkpoint"),
        LogProofProblem.OriginMismatch or LogProofProblem.NotSigned => throw new UnreachableException("another log's checkpoint is passed over"),
    };

    private static RejectedReceipt? CheckTime(DateTimeOffset time, ImmutableArray<Cosignature> witnesses, DateTimeOffset now) =>
        time > now + Skew ? new(ReceiptRejectionReason.TimeInvalid, $"the entry is of {Rfc3339.Format(time)}, and now is {Rfc3339.Format(now)}")
        : !witnesses.IsEmpty && time > witnesses[0].Time + Skew
            ? new(ReceiptRejectionReason.TimeInvalid, $"the entry is of {Rfc3339.Format(time)}, and {witnesses[0].Name} saw it at {Rfc3339.Format(witnesses[0].Time)}")
        : null;

    /// <summary>Time and life of a key where nobody but the log saw the entry.</summary>
    internal static RejectedReceipt? CheckTimes(KeyLife life, DateTimeOffset time, DateTimeOffset now) =>
        CheckTime(time, [], now) ?? CheckLife(life, time, [], WitnessPolicy.None, now);

    /// <summary>
    /// The checkpoint was signed between the entry's time and the first cosignature (else now): the key must have been valid within.
    /// A compromise is different: a thief can write any time into the log, so only witnesses that saw the tree before count.
    /// </summary>
    private static RejectedReceipt? CheckLife(
        KeyLife life, DateTimeOffset time, ImmutableArray<Cosignature> witnesses, WitnessPolicy policy, DateTimeOffset now)
    {
        var latest = witnesses.IsEmpty ? now : witnesses[0].Time;
        if (time > life.ValidTo)
        {
            return new(ReceiptRejectionReason.LogKeyInactive, $"the entry is of {Rfc3339.Format(time)}, and the log's key was valid until {Rfc3339.Format(life.ValidTo.Value)}");
        }

        if (latest < life.ValidFrom)
        {
            return new(ReceiptRejectionReason.LogKeyInactive, $"the checkpoint is of {Rfc3339.Format(latest)} or before, and the log's key is valid from {Rfc3339.Format(life.ValidFrom.Value)}");
        }

        return life.CompromisedAt is { } compromised && compromised <= now && witnesses.Count(w => w.Time < compromised) < Math.Max(1, policy.Required)
            ? new(ReceiptRejectionReason.LogKeyCompromised, $"the log's key was compromised at {Rfc3339.Format(compromised)}, and not enough trusted witnesses saw the entry before")
            : null;
    }
}
