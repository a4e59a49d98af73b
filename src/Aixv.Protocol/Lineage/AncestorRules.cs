using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>What a policy says of ancestors.</summary>
/// <param name="MaximumDepth">How far up to look; at least 1.</param>
/// <param name="Refuse">Why a signer, at the time of its signature, is not trusted for lineage; null when it is.</param>
/// <param name="Recalls">The active advisories on an artifact.</param>
public sealed record AncestorRules(
    int MaximumDepth, Func<LineageSigner, DateTimeOffset?, string?> Refuse, Func<Digest, IReadOnlyList<string>> Recalls);
