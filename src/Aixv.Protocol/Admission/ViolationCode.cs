namespace Aixv.Protocol.Admission;

/// <summary>Why an artifact is not admitted. The names are stable: in JSON they are written in kebab-case.</summary>
public enum ViolationCode
{
    /// <summary>No signature or attestation of the artifact verifies.</summary>
    SignatureNotVerified = 1,

    /// <summary>Nobody is named whose signature would count.</summary>
    SubjectNotConstrained,
    SubjectNotAllowed,
    SubjectDenied,
    IssuerNotAllowed,
    IssuerDenied,

    /// <summary>The certificate's repository, ref, workflow, trigger or runner is another.</summary>
    CertificateClaimMismatch,

    /// <summary>No verified log entry.</summary>
    TransparencyMissing,

    /// <summary>No verified time, where an age is asked for.</summary>
    TimeMissing,

    /// <summary>The signature is older than the policy allows.</summary>
    BundleTooOld,

    /// <summary>The signature's time lies in the future, beyond the clock skew: the clock is wrong, or was set back.</summary>
    BundleFromFuture,

    /// <summary>An advisory of a severity that the policy does not take.</summary>
    AdvisorySeverity,

    /// <summary>Any active advisory, where the policy takes none.</summary>
    AdvisoryActive,

    /// <summary>The advisory store could not be read whole, so "no advisory" is not known.</summary>
    AdvisoriesUnreadable,
    PredicateMissing,
    BundleMemberMissing,

    /// <summary>An ancestor is known less well than the policy asks.</summary>
    LineageTierTooLow,

    /// <summary>An ancestor's attestation is not signed by a trusted subject.</summary>
    AncestorNotSigned,
    LineageCycle,

    /// <summary>Two signers name different parents for one artifact.</summary>
    LineageContradiction,

    /// <summary>The policy asks about ancestors and they were not looked at as deep as it asks.</summary>
    LineageIncomplete,
}
