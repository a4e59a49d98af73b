using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Scitt;
using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Keys;
using Aixv.Transparency.Merkle;

namespace Aixv.Protocol.Receipts;

/// <summary>Receipts in the form of SCITT: the same entry, leaf and proof, signed as COSE by the log's key. docs/receipts.md says how.</summary>
public static class ScittReceipts
{
    /// <summary>The media type of statements as payloads.</summary>
    public const string StatementType = "application/vnd.aixv.statement+json";

    /// <summary>The parameter of a receipt's open header that has the leaf's bytes.</summary>
    public const string LeafLabel = "aixv-leaf";

    /// <summary>The parameter of a receipt's open header that has the salt of a private entry.</summary>
    public const string SaltLabel = "aixv-salt";

    /// <summary>The COSE receipt of an entry.</summary>
    /// <param name="logKey">The key that signs the log's checkpoints.</param>
    /// <exception cref="ArgumentException">Another key than the receipt's.</exception>
    public static CoseReceipt ToCoseReceipt(this Receipt receipt, SigningKey logKey)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(logKey);
        if (!logKey.PublicKey.Equals(receipt.LogKey.Verifier.Key))
        {
            throw new ArgumentException("The key is not that of the receipt's log.", nameof(logKey));
        }

        var checkpoint = Checkpoint.Parse(receipt.Proof.Checkpoint.Text.Span);
        var headers = new CwtClaims(checkpoint.Origin, receipt.Leaf.Hash.ToString()).AddTo(CoseHeaders.Empty)
            .With(CoseLabels.KeyId, NoteVerifier.FullKeyId(checkpoint.Origin, logKey.PublicKey));
        var signed = CoseReceipt.SignInclusion(
            logKey, headers, new InclusionProof(receipt.Proof.Index, checkpoint.Size, receipt.Proof.Hashes), checkpoint.Root);
        var open = signed.Message.Unprotected.With(LeafLabel, receipt.Leaf.ToBytes());
        open = receipt.Salt.IsEmpty ? open : open.With(SaltLabel, receipt.Salt.Span);
        return CoseReceipt.Parse(signed.Message.WithUnprotected(open).ToBytes());
    }

    /// <summary>The entry's statement, signed by the registry, with the COSE receipt.</summary>
    /// <param name="logKey">The key that signs the log's checkpoints; the registry signs the statement with it too, as the log's origin.</param>
    public static TransparentStatement ToTransparentStatement(this Receipt receipt, SigningKey logKey)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(logKey);
        var origin = Checkpoint.Parse(receipt.Proof.Checkpoint.Text.Span).Origin;
        var subject = ReceiptStatement.Parse(receipt.Statement).Id ?? Digest.Of(receipt.Statement.Span).ToString();
        var statement = SignedStatement.Sign(
            logKey, origin, subject, StatementPayload.Embedded(receipt.Statement, StatementType), NoteVerifier.FullKeyId(origin, logKey.PublicKey));
        return TransparentStatement.Attach(statement, [receipt.ToCoseReceipt(logKey)]);
    }

    /// <summary>Verifies a transparent statement of a registry. Checkpoints and witnesses are not in it: a policy that asks for witnesses refuses it.</summary>
    public static ReceiptResult Verify(TransparentStatement transparent, ReceiptTrust trust, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(transparent);
        ArgumentNullException.ThrowIfNull(trust);
        try
        {
            return VerifyParts(transparent, trust, now);
        }
        catch (FormatException e)
        {
            return new RejectedReceipt(ReceiptRejectionReason.Malformed, e.Message);
        }
    }

    private static ReceiptResult VerifyParts(TransparentStatement transparent, ReceiptTrust trust, DateTimeOffset now)
    {
        if (transparent.Statement.Message.Payload is not { } payload || transparent.Receipts is not [var cose]
            || !cose.Message.Unprotected.TryGetBytes(LeafLabel, out var leafBytes) || cose.InclusionProofs is not [var proof])
        {
            return new RejectedReceipt(ReceiptRejectionReason.Malformed, "expected a statement with its payload and one receipt with one proof and aixv-leaf");
        }

        cose.Message.Unprotected.TryGetBytes(SaltLabel, out var salt);
        var (leaf, statement) = (EntryLeaf.Parse(leafBytes.Span), ReceiptStatement.Parse(payload));
        if (ReceiptVerifier.CheckLeaf(leaf, salt.Span, payload.Span, statement) is { } mismatch)
        {
            return mismatch;
        }

        if (trust.Witnesses.Required > 0)
        {
            return new RejectedReceipt(ReceiptRejectionReason.WitnessMissing, "a COSE receipt carries no cosignatures; verify the receipt in JSON");
        }

        var origin = transparent.Statement.Issuer;
        var hash = MerkleTree.HashLeaf(leafBytes.Span);
        foreach (var log in trust.Logs.Where(log => log.Origins.Contains(origin)))
        {
            if (transparent.Statement.TryVerify(log.Verifier.Key, out _) && cose.TryVerifyInclusion(log.Verifier.Key, hash, out _)
                && proof.RootFrom(hash) is { } root && CwtClaims.Find(cose.Message.Protected)?.Issuer == origin)
            {
                return ReceiptVerifier.CheckTimes(log.Life, statement.Time, now)
                    ?? (ReceiptResult)new VerifiedTransparentStatement(transparent, statement, leaf, new Checkpoint(origin, proof.TreeSize, root, []), log);
            }
        }

        return new RejectedReceipt(ReceiptRejectionReason.LogUnknown, $"no trusted key of {origin} signed both statement and receipt");
    }
}
