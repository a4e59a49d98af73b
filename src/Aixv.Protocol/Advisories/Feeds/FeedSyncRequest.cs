using Aixv.Protocol.Records;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>What to take from a feed, and whom to believe.</summary>
public sealed record FeedSyncRequest
{
    /// <summary>How many entries a feed may have.</summary>
    public const int MaximumEntriesByDefault = 100_000;

    public required FeedReference Feed { get; init; }

    /// <summary>Who may sign advisories, and the feed where it is signed.</summary>
    public required TrustedSigners Trusted { get; init; }

    /// <summary>How old an advisory's signature may be, or null.</summary>
    public int? MaxBundleAgeDays { get; init; }

    /// <summary>How far clocks may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Whether the feed must carry a signed snapshot that has not expired.</summary>
    public bool RequireSnapshot { get; init; }

    /// <summary>Whether an entry that was imported before, byte for byte, is accepted as unchanged instead of rejected as a replay.</summary>
    public bool AllowUnchanged { get; init; }

    public int MaximumEntries { get; init; } = MaximumEntriesByDefault;

    public long MaximumBytes { get; init; } = 256L * 1024 * 1024;
}
