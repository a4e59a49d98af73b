using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>The attestations of one artifact in a store.</summary>
internal static class StoreAttestations
{
    /// <summary>Claims that whoever made an artifact makes. Others, as a decision to deny it, are signed too and vouch for nothing.</summary>
    private static readonly string[] Making = ["training", "packaging", "cl-delta", "evaluation"];

    /// <summary>Attestations that stand for a signature of the artifact itself, where it has none.</summary>
    public static IEnumerable<Verified> Signatures(StoreView store, Digest artifact) => Find(store, artifact)
        .Where(found => IsMaking(found.Evidence.PredicateType))
        .Select(found => found.Verified)
        .OfType<Verified>();

    private static bool IsMaking(string predicateType) =>
        Making.Any(alias => PredicateTypes.Find(alias)!.Uri == predicateType) || predicateType.StartsWith("https://slsa.dev/provenance/", StringComparison.Ordinal);

    /// <summary>An attestation; <paramref name="Verified"/> is null where no signature holds for this very statement.</summary>
    internal sealed record Found(AttestationEvidence Evidence, Verified? Verified);

    /// <summary>What the index knows of them: it verified each signature when it first saw the file as it is.</summary>
    public static IEnumerable<AttestationEvidence> Indexed(StoreView store, Digest artifact) => Sources(store, artifact).Select(source => new AttestationEvidence(
        source.PredicateType,
        source.Status == SourceStatus.Verified ? EvidenceTier.Attested : EvidenceTier.Identified,
        source is { Status: SourceStatus.Verified, Signer: { } by } ? new SignerEvidence(by.Subject, by.Issuer) : null,
        source.Status == SourceStatus.Verified ? source.LogEntry?.IntegratedTime : null,
        source.Path));

    /// <summary>The records of an artifact that are attestations, by file.</summary>
    public static IEnumerable<LineageSource> Sources(StoreView store, Digest artifact) => store.Graph.Find(artifact) is >= 0 and var node
        ? store.Graph.SourcesOf(node).Select(store.Graph.Source)
            .Where(s => s.Status != SourceStatus.Unreadable && s.Path.StartsWith("attestations/", StringComparison.Ordinal))
            .DistinctBy(s => s.Path, StringComparer.Ordinal)
            .OrderBy(s => s.Path, StringComparer.Ordinal)
        : [];

    /// <summary>Each read and verified anew: the index only tells where they are.</summary>
    public static IEnumerable<Found> Find(StoreView store, Digest artifact)
    {
        foreach (var path in Sources(store, artifact).Select(s => s.Path))
        {
            if (TryRead(store, path) is { } record)
            {
                var verified = store.Attestations.Verify(Path.Combine(store.Folder, path), record, artifact);
                yield return new Found(
                    new AttestationEvidence(
                        record.PredicateType,
                        verified is null ? EvidenceTier.Identified : EvidenceTier.Attested,
                        verified is null ? null : SignerEvidence.Of(verified.Signer),
                        verified is { Times: [var first, ..] } ? first.Time : null,
                        path),
                    verified);
            }
        }
    }

    private static AttestationRecord? TryRead(StoreView store, string path)
    {
        try
        {
            return AttestationRecord.Parse(File.ReadAllBytes(Path.Combine(store.Folder, path)));
        }
        catch (Exception e) when (e is FormatException or FileNotFoundException)
        {
            // Changed since the index saw it; what it said can only have helped.
            return null;
        }
    }
}
