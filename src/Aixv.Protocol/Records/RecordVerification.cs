using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Records;

/// <summary>What came of a record's verification: <see cref="VerifiedRecord"/> or <see cref="RejectedRecord"/>.</summary>
public abstract record RecordVerification
{
    private protected RecordVerification()
    {
    }
}

/// <summary>The record was signed by whom one trusts.</summary>
/// <param name="Record">What was signed.</param>
/// <param name="Signer">Who signed it: by certificate, or by a managed key that one trusts.</param>
/// <param name="IntegratedTime">The earliest time at which a trusted party saw the signature; null where none did, as a key allows.</param>
/// <param name="Evidence">All that was verified.</param>
public sealed record VerifiedRecord(SignedRecord Record, Signer Signer, DateTimeOffset? IntegratedTime, Verified Evidence) : RecordVerification;

/// <summary>The record does not count.</summary>
/// <param name="Reason">Stable.</param>
/// <param name="Message">What was expected and what was found.</param>
public sealed record RejectedRecord(RecordRejection Reason, string Message) : RecordVerification;

/// <summary>Why a record does not count. The names are stable: in JSON they are written in kebab-case.</summary>
public enum RecordRejection
{
    /// <summary>Not a record, or a payload that does not fit its kind.</summary>
    RecordMalformed = 1,

    /// <summary>A record of another kind.</summary>
    KindMismatch,

    /// <summary>There is no bundle.</summary>
    NotSigned,

    /// <summary>The bundle is of another record.</summary>
    BundleMismatch,

    /// <summary>Signed, but by nobody that is trusted.</summary>
    SignerUntrusted,

    /// <summary>The bundle does not verify.</summary>
    SignatureInvalid,
}
