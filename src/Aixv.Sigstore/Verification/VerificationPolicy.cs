namespace Aixv.Sigstore.Verification;

/// <summary>What a verification asks for. Thresholds count each operator once.</summary>
public sealed record VerificationPolicy
{
    public required SignerPolicy Signer { get; init; }

    /// <summary>Verified log entries. For a managed key and a trusted root without logs, none is asked for.</summary>
    public int LogThreshold { get; init; } = 1;

    /// <summary>Verified times, of logs and timestamp authorities together. Asked of certificates only.</summary>
    public int TimeThreshold { get; init; } = 1;

    /// <summary>Verified SCTs of distinct CT logs.</summary>
    public int SctThreshold { get; init; } = 1;
}
