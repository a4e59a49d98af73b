using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Admitting;

/// <summary>What the advisories of a store say now, where no policy is asked.</summary>
internal static class StandingAdvisories
{
    /// <summary>An advisory as it stands, and whether somebody trusted says so.</summary>
    public sealed record Standing(Advisory Advisory, SignerEvidence? Signer, bool IsTrusted)
    {
        public bool IsTrustedRecall => IsTrusted && Advisory.Status == AdvisoryStatus.Active;
    }

    /// <summary>Each advisory once: its last record by a trusted subject, else by anybody.</summary>
    public static IEnumerable<Standing> All(StoreView store, Func<SignerEvidence?, bool> isTrusted) => store.Scan.Advisories
        .GroupBy(a => a.Advisory.Id)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => Last([.. group], isTrusted));

    /// <summary>Those of which some record names or reaches the artifact.</summary>
    public static IEnumerable<Standing> Of(StoreView store, Digest artifact, LineageTrust lineage, Func<SignerEvidence?, bool> isTrusted) => store.Scan.Advisories
        .GroupBy(a => a.Advisory.Id)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Where(group => group.Any(a => a.Advisory.Names(artifact) || AdvisoryReach.Of(a.Advisory, lineage, ReachRules.Default).PathTo(artifact) is not null))
        .Select(group => Last([.. group], isTrusted));

    private static Standing Last(IReadOnlyList<StoreScan.ScannedAdvisory> records, Func<SignerEvidence?, bool> isTrusted)
    {
        var last = records.OrderBy(r => isTrusted(r.Signer)).ThenBy(r => r.Signer is not null).ThenBy(r => r.IntegratedTime).ThenBy(r => r.Sequence).Last();
        return new Standing(last.Advisory, last.Signer, isTrusted(last.Signer));
    }
}
