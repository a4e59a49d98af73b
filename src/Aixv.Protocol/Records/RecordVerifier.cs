using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Records;

/// <summary>Verifies records: a pure function of the file's bytes, the bundle, the trusted root and whom one trusts.</summary>
/// <param name="verifier">With what is trusted.</param>
/// <param name="keys">The keys that <see cref="VerifyAnySigner"/> knows; null for none.</param>
public sealed class RecordVerifier(Verifier verifier, ManagedKeys? keys = null)
{
    private readonly ManagedKeys known = keys ?? ManagedKeys.None;

    /// <param name="recordFile">The file as it is.</param>
    /// <param name="bundle">The bundle as JSON; null when there is none.</param>
    /// <param name="trusted">Whose signature counts.</param>
    /// <param name="kind">The kind that is expected, or null for any.</param>
    public RecordVerification Verify(ReadOnlyMemory<byte> recordFile, ReadOnlyMemory<byte>? bundle, TrustedSigners trusted, string? kind = null)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        return Verify(recordFile, bundle, json => trusted.Verify(verifier, json, ArtifactDigests.Of(recordFile)), kind);
    }

    /// <summary>Who signed a record, whoever it is: for evidence, on which a policy then decides.</summary>
    public RecordVerification VerifyAnySigner(ReadOnlyMemory<byte> recordFile, ReadOnlyMemory<byte>? bundle, string? kind = null) =>
        Verify(recordFile, bundle, json => known.Verify(verifier, json, ArtifactDigests.Of(recordFile), new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }), kind);

    private static RecordVerification Verify(ReadOnlyMemory<byte> recordFile, ReadOnlyMemory<byte>? bundle, Func<ReadOnlyMemory<byte>, VerificationResult> verify, string? kind)
    {
        SignedRecord record;
        try
        {
            record = SignedRecord.Parse(recordFile);
            RecordKinds.ReadPayload(record.Kind, record.Payload);
        }
        catch (FormatException e)
        {
            return new RejectedRecord(RecordRejection.RecordMalformed, e.Message);
        }

        if (kind is not null && record.Kind != kind)
        {
            return new RejectedRecord(RecordRejection.KindMismatch, $"record kind mismatch: expected {kind}, found {record.Kind}");
        }

        if (bundle is not { Length: > 0 } json)
        {
            return new RejectedRecord(RecordRejection.NotSigned, $"{record.Kind} {record.Id} is not signed: no bundle was found for it");
        }

        return verify(json) switch
        {
            Verified { PredicateType: null } verified => new VerifiedRecord(record, verified.Signer, verified.Times is [var first, ..] ? first.Time : null, verified),
            Verified => new RejectedRecord(RecordRejection.SignatureInvalid, "the bundle signs a statement about the record, not the record itself"),
            Rejected rejected => Describe(record, rejected, json),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static RejectedRecord Describe(SignedRecord record, Rejected rejected, ReadOnlyMemory<byte> bundle)
    {
        var name = $"{record.Kind} {record.Id}";
        return rejected.Reason switch
        {
            RejectionReason.SignatureInvalid or RejectionReason.EntryMismatch when !HasCertificate(bundle) => new RejectedRecord(
                RecordRejection.SignerUntrusted, $"{name}: untrusted signer: signed with a key that is none of the trusted ones, or over other bytes"),
            RejectionReason.DigestMismatch or RejectionReason.SignatureInvalid or RejectionReason.EntryMismatch => new RejectedRecord(
                RecordRejection.BundleMismatch, $"{name}: the bundle is of other bytes: the record was changed, or the bundle belongs to another record ({rejected.Found})"),
            RejectionReason.IdentityMismatch or RejectionReason.IssuerMismatch or RejectionReason.KeyMismatch => new RejectedRecord(
                RecordRejection.SignerUntrusted, $"{name}: untrusted signer: expected {rejected.Expected}, found {rejected.Found}"),
            _ => new RejectedRecord(RecordRejection.SignatureInvalid, $"{name}: signature refused: expected {rejected.Expected}, found {rejected.Found}"),
        };
    }

    private static bool HasCertificate(ReadOnlyMemory<byte> bundle) => !Bundle.Parse(bundle).Certificates.IsEmpty;
}
