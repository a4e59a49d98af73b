namespace Aixv.Protocol.Receipts;

/// <summary>How long a key may sign. Both ends of validity are inclusive; null leaves an end open.</summary>
/// <param name="ValidFrom">The first instant of validity.</param>
/// <param name="ValidTo">The last instant of validity. What was signed before stays good: a rotated key is no bad key.</param>
/// <param name="CompromisedAt">From this instant somebody else may have had the key.</param>
public sealed record KeyLife(DateTimeOffset? ValidFrom = null, DateTimeOffset? ValidTo = null, DateTimeOffset? CompromisedAt = null)
{
    /// <summary>No limits.</summary>
    public static KeyLife Unlimited { get; } = new();

    /// <summary>What the key was worth when it signed.</summary>
    /// <param name="time">When it signed, by a time that the key's holder could not choose: a log's, a witness's, a timestamp authority's.</param>
    public KeyStanding At(DateTimeOffset time) =>
        CompromisedAt <= time ? KeyStanding.Compromised
        : ValidFrom > time ? KeyStanding.NotYetValid
        : ValidTo < time ? KeyStanding.Expired
        : KeyStanding.Valid;
}
