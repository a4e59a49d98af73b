namespace Aixv.Sigstore.Verification;

/// <summary>Why a bundle was not accepted. The names are stable: in JSON they are written in kebab-case.</summary>
public enum RejectionReason
{
    /// <summary>Not a bundle: not JSON, unknown or double members, wrong types, out of bounds.</summary>
    BundleMalformed = 1,
    BundleVersionUnsupported,

    /// <summary>Neither a message signature nor an envelope.</summary>
    ContentMissing,

    /// <summary>An envelope without exactly one signature.</summary>
    SignatureCountInvalid,

    /// <summary>No certificate and no key hint, or an empty chain.</summary>
    KeyMaterialMissing,

    /// <summary>A certificate chain in a version 0.3 bundle.</summary>
    KeyMaterialForbidden,

    /// <summary>The bundle carries a self-signed certificate.</summary>
    ChainContainsRoot,

    /// <summary>The bundle is by a key and none was given, or by a certificate and a key was given, or the hints disagree.</summary>
    KeyMismatch,

    /// <summary>The same log entry or timestamp twice.</summary>
    DuplicateEvidence,
    InclusionPromiseMissing,
    InclusionProofMissing,

    /// <summary>Fewer verified log entries than the policy asks for.</summary>
    LogEntryMissing,

    /// <summary>An entry of a log that the trust root does not name.</summary>
    LogUnknown,

    /// <summary>The log's key was not valid at the entry's time.</summary>
    LogKeyExpired,

    /// <summary>The signed entry timestamp (Rekor v1) does not verify.</summary>
    InclusionPromiseInvalid,
    InclusionProofInvalid,
    CheckpointMalformed,

    /// <summary>The log's signature on the checkpoint is missing or does not verify.</summary>
    CheckpointSignatureInvalid,

    /// <summary>The checkpoint is of another tree, size or log.</summary>
    CheckpointMismatch,

    /// <summary>Fewer witness cosignatures than the trust root asks for.</summary>
    WitnessMissing,
    EntryKindUnsupported,
    EntryMalformed,

    /// <summary>The log entry is about another artifact, signature or key.</summary>
    EntryMismatch,
    TimestampMalformed,

    /// <summary>The timestamp is over another signature.</summary>
    TimestampMismatch,
    TimestampSignatureInvalid,

    /// <summary>The timestamp's authority is not in the trust root.</summary>
    TimestampUntrusted,

    /// <summary>The timestamp's time is outside its authority's or certificates' validity.</summary>
    TimestampOutsideValidity,

    /// <summary>Fewer verified times than the policy asks for.</summary>
    TimeMissing,
    CertificateMalformed,

    /// <summary>No path from the certificate to an authority of the trust root.</summary>
    CertificateUntrusted,

    /// <summary>A verified time lies outside the validity of the certificate or its authority.</summary>
    CertificateExpired,

    /// <summary>Not a code signing leaf: key usage, extended key usage, CA flag or subject alternative name.</summary>
    CertificateUsageInvalid,
    SctMissing,
    SctMalformed,
    SctInvalid,
    SctOutsideValidity,
    IdentityMismatch,
    IssuerMismatch,

    /// <summary>The certificate's key is of an algorithm, curve or size that is not supported.</summary>
    KeyUnsupported,
    SignatureInvalid,

    /// <summary>The bundle's message digest is not the artifact's.</summary>
    DigestMismatch,

    /// <summary>The signature's algorithm needs the artifact's bytes and only its digest was given.</summary>
    ArtifactRequired,
    PayloadTypeUnsupported,
    StatementMalformed,

    /// <summary>The artifact is not a subject of the signed statement.</summary>
    SubjectMismatch,
}
