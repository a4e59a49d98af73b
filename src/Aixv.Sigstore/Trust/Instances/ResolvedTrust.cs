namespace Aixv.Sigstore.Trust.Instances;

/// <summary>What to trust for one instance, and how old that is.</summary>
/// <param name="TrustedRoot">The bytes of <c>trusted_root.json</c>.</param>
/// <param name="SigningConfig">The bytes of <c>signing_config.v0.2.json</c>, where the instance has one.</param>
/// <param name="Date">When the repository confirmed it; for <see cref="TrustSource.Embedded"/> the day it was taken.</param>
/// <param name="Age">From <paramref name="Date"/> to now.</param>
/// <param name="Warning">What the user should know of its age; null where it is fresh.</param>
public sealed record ResolvedTrust(
    string Instance,
    Uri Url,
    ReadOnlyMemory<byte> TrustedRoot,
    ReadOnlyMemory<byte>? SigningConfig,
    TrustSource Source,
    DateTimeOffset Date,
    TimeSpan Age,
    string? Warning);
