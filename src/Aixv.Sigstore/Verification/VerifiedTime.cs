namespace Aixv.Sigstore.Verification;

/// <summary>A time that a trusted party signed.</summary>
/// <param name="Source">What kind of party.</param>
/// <param name="Time">When it saw the signature.</param>
/// <param name="Authority">Its address, as the trusted root has it.</param>
/// <param name="Operator">Who runs it; thresholds count each operator once.</param>
public sealed record VerifiedTime(TimeSource Source, DateTimeOffset Time, string Authority, string Operator);

/// <summary>Who may say when a signature was made.</summary>
public enum TimeSource
{
    /// <summary>An RFC 3161 timestamp authority.</summary>
    TimestampAuthority = 1,

    /// <summary>A log's integrated time, under a verified signed entry timestamp.</summary>
    TransparencyLog,
}
