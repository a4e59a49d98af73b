using System.Collections.Immutable;

namespace Aixv.Protocol.Monitoring;

/// <summary>Something that is watched for what others say of it.</summary>
/// <param name="Digest">As <c>sha256:hex</c>.</param>
/// <param name="ExpectedSigners">Who may speak of it without alarm; empty for nobody.</param>
public sealed record WatchedDigest(string Digest, ImmutableArray<WatchedIdentity> ExpectedSigners)
{
    internal bool Alarms(MonitoredEntry entry) => entry.Digests.Contains(Digest)
        && !(entry.Signers.Length > 0 && entry.Signers.All(signer => ExpectedSigners.Any(expected => expected.Is(signer))));
}
