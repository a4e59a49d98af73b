using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Admission;

namespace Aixv.Export.Dossiers;

/// <summary>What the records of advisories say of the artifact, all together.</summary>
internal static class AdvisoryReading
{
    /// <summary>An advisory as it stands: the latest record by a trusted signer, else the latest by anybody.</summary>
    internal sealed record StandingAdvisory(StoreScan.ScannedAdvisory Last, bool IsTrusted, DateTimeOffset? FirstSeen);

    public static IEnumerable<StandingAdvisory> Standing(DossierInput input) => input.Advisories
        .GroupBy(a => a.Advisory.Id, StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group =>
        {
            var trusted = group.Where(a => a.Signer is not null && input.TrustsForAdvisories(a.Signer)).ToList();
            var counted = trusted.Count > 0 ? trusted : [.. group];
            var last = counted.OrderBy(a => a.Signer is not null).ThenBy(a => a.IntegratedTime).ThenBy(a => a.Sequence).ThenBy(a => a.Path, StringComparer.Ordinal).Last();
            return new StandingAdvisory(last, trusted.Count > 0, counted.Min(a => a.IntegratedTime));
        });

    /// <summary>Those that name the artifact or come to it.</summary>
    public static ImmutableArray<AdvisoryFacts> Of(DossierInput input)
    {
        var found = ImmutableArray.CreateBuilder<AdvisoryFacts>();
        foreach (var (last, isTrusted, firstSeen) in Standing(input))
        {
            var reach = AdvisoryReach.Of(last.Advisory, input.Lineage, ReachRules.Default);
            if (reach.PathTo(input.Artifact.Digest) is { } steps)
            {
                found.Add(new AdvisoryFacts(
                    last.Advisory,
                    last.Signer,
                    isTrusted,
                    firstSeen,
                    last.IntegratedTime,
                    [.. steps.Select(Step)],
                    reach.IsAffected(input.Artifact.Digest),
                    Path.GetFileName(last.Path)));
            }
        }

        return found.ToImmutable();
    }

    private static AdvisoryStep Step(ReachStep step) => new(KeyOf(step.From), KeyOf(step.To), step.Edge?.Kind.ToName() ?? EdgeEvidence.BundleKind);

    private static string KeyOf(LineageNode node) => LineageNodeFacts.KeyOf(node.Digest, node.Uri, node.Name);
}
