namespace Aixv.Sigstore.Trust.Instances;

/// <summary>The state of an instance's cache.</summary>
/// <param name="Refreshed">When the repository last confirmed it.</param>
/// <param name="Expires">When the first part of its metadata expires.</param>
/// <param name="IsFresh">Whether the next use asks the repository nothing.</param>
public sealed record CachedTrust(
    DateTimeOffset Refreshed,
    DateTimeOffset Expires,
    bool IsFresh,
    long RootVersion,
    long TimestampVersion,
    long SnapshotVersion,
    long TargetsVersion);
