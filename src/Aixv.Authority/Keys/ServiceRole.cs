namespace Aixv.Authority.Keys;

/// <summary>The services that hold a key and can be rotated.</summary>
public enum ServiceRole
{
    /// <summary>Signs identity tokens.</summary>
    Oidc = 1,

    /// <summary>Signs leaf certificates.</summary>
    CertificateAuthority,

    /// <summary>Signs SCTs.</summary>
    CtLog,

    /// <summary>Signs checkpoints of the signature log.</summary>
    Rekor,

    /// <summary>Signs timestamps.</summary>
    TimestampAuthority,

    /// <summary>Signs the TUF repository.</summary>
    Tuf,
}
