using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Predicates;

namespace Aixv.Export.Dossiers;

/// <summary>Makes a dossier of what was gathered. Nothing is read, verified or invented here.</summary>
public static class DossierBuilder
{
    /// <exception cref="FormatException">Nothing says when: there is no fact with a time, and the caller gives none.</exception>
    public static Dossier Build(DossierInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var attestations = input.Attestations
            .OrderByDescending(a => a.Tier)
            .ThenBy(a => a.PredicateType, StringComparer.Ordinal)
            .ThenBy(a => a.Time)
            .ThenBy(a => a.Digest.Hex, StringComparer.Ordinal)
            .ToImmutableArray();
        var training = Latest(attestations, PredicateTypes.Find("training")!.Uri);
        var claim = training?.Predicate;
        var advisories = AdvisoryReading.Of(input);
        var active = ActiveAnywhere(input);
        var datasets = ClaimReading.References(claim, "datasets");
        var splits = datasets is not { } named ? [] : named.Where(d => d.Split is not null).DistinctBy(d => d.Key, StringComparer.Ordinal).ToDictionary(d => d.Key, d => d.Split!, StringComparer.Ordinal);
        var lineage = new GraphLineage(input.Lineage, input.Artifact, input.Depth, active, splits);
        var bundles = Bundles(training, attestations, input.Signatures);
        return new Dossier
        {
            Artifact = input.Artifact,
            Time = Second(input.Time ?? LatestTime(input, attestations) ?? input.FallbackTime
                ?? throw new FormatException("nothing known of the artifact says when: pass --timestamp, or set SOURCE_DATE_EPOCH")),
            ToolVersion = input.ToolVersion,
            Files = [.. input.Files.OrderBy(f => f.Name, StringComparer.Ordinal)],
            Attestations = attestations,
            Training = training,
            Parents = Complete(ClaimReading.References(claim, "parent_models"), lineage, input.Declared),
            Datasets = Complete(datasets, lineage, input.Declared),
            Run = ClaimReading.Run(claim, training?.Bundle?.Signature.Signer),
            Benchmarks = [.. attestations.Where(a => a.PredicateType == PredicateTypes.Find("evaluation")!.Uri).SelectMany(ClaimReading.Benchmarks)],
            Bundle = bundles.IsEmpty ? null : bundles[0],
            Bundles = bundles,
            Advisories = advisories,
            AdvisoriesWereChecked = input.AdvisoriesWereChecked,
            Decision = input.Decision,
            Lineage = lineage,
            Memberships = [.. input.Memberships.OrderBy(m => m.BundleId, StringComparer.Ordinal)],
            Declared = input.Declared,
            Dataset = input.Dataset,
            Receipts = input.Receipts,
            TrustRoot = input.TrustRoot,
            AdvisoryFeed = input.AdvisoryFeed,
        };
    }

    /// <summary>The latest of one type: trusted before attested before unsigned.</summary>
    private static AttestationFacts? Latest(ImmutableArray<AttestationFacts> attestations, string type) => attestations
        .Where(a => a.PredicateType == type && a.Predicate is not null)
        .OrderBy(a => a.IsTrusted)
        .ThenBy(a => a.Tier)
        .ThenBy(a => a.Time)
        .ThenBy(a => a.Digest.Hex, StringComparer.Ordinal)
        .LastOrDefault();

    private static ImmutableArray<BundleFacts> Bundles(
        AttestationFacts? training, ImmutableArray<AttestationFacts> attestations, IEnumerable<BundleFacts> signatures)
    {
        var first = training?.Bundle
            ?? attestations.FirstOrDefault(a => a.Bundle is not null && a.IsTrusted)?.Bundle
            ?? attestations.FirstOrDefault(a => a.Bundle is not null)?.Bundle
            ?? signatures.MinBy(s => s.Digest.Hex, StringComparer.Ordinal);
        var others = attestations.Select(a => a.Bundle).OfType<BundleFacts>().Concat(signatures).OrderBy(b => b.Digest.Hex, StringComparer.Ordinal);
        return first is null ? [] : [.. others.Prepend(first).DistinctBy(b => b.Digest.Hex, StringComparer.Ordinal)];
    }

    private static ImmutableArray<ReferenceFacts>? Complete(
        ImmutableArray<ReferenceFacts>? references, GraphLineage lineage, DeclaredFacts declared) => references is not { } found
        ? default(ImmutableArray<ReferenceFacts>?)
        : [.. found.Select(reference => lineage.Find(reference.Key) is { } node
            ? reference with { Tier = node.Tier, RecalledBy = node.RecalledBy, Declared = declared.Datasets.FirstOrDefault(d => d.IsOf(reference)) }
            : reference with { Declared = declared.Datasets.FirstOrDefault(d => d.IsOf(reference)) })];

    /// <summary>What is recalled anywhere around: an ancestor's advisory may not flow down to the artifact, and is marked on the ancestor.</summary>
    private static IEnumerable<Advisory> ActiveAnywhere(DossierInput input) => AdvisoryReading.Standing(input)
        .Where(standing => standing.IsTrusted && standing.Last.Advisory.Status == AdvisoryStatus.Active)
        .Select(standing => standing.Last.Advisory);

    private static DateTimeOffset? LatestTime(DossierInput input, ImmutableArray<AttestationFacts> attestations) => attestations
        .Select(a => a.Time)
        .Concat(input.Signatures.Select(s => s.Signature.IntegratedTime))
        .Concat(input.Advisories.Select(a => a.IntegratedTime))
        .Append(input.Decision?.Decision.DecidedAt)
        .Max();

    private static DateTimeOffset Second(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
