namespace Aixv.Sigstore.Verification;

/// <summary>The steps of a verification, in their order.</summary>
public enum VerificationStep
{
    /// <summary>The bundle's shape.</summary>
    Bundle = 1,

    /// <summary>The certificate or key that the bundle is by.</summary>
    Key,

    /// <summary>RFC 3161 timestamps.</summary>
    Timestamp,

    /// <summary>Transparency log entries: promise, inclusion, checkpoint.</summary>
    Log,

    /// <summary>At least as many verified times as the policy asks for.</summary>
    Time,

    /// <summary>The certificate path at every verified time.</summary>
    Path,

    /// <summary>Signed certificate timestamps.</summary>
    Sct,

    /// <summary>Identity and issuer.</summary>
    Identity,

    /// <summary>The log entry is about this signature, key and artifact.</summary>
    Entry,

    /// <summary>The signature itself.</summary>
    Signature,

    /// <summary>The artifact is what was signed, or a subject of it.</summary>
    Artifact,
}
