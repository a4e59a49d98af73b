using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Admitting;

/// <summary>By which ways of the lineage the advisories of a store come to artifacts. Worked out once, asked for many artifacts.</summary>
internal sealed class AdvisoryPaths
{
    private readonly List<(Advisory Advisory, ReachResult Reach)> reaches;
    private readonly ReachRules rules;

    /// <param name="store">Its advisories and its lineage.</param>
    /// <param name="trust">Whose edges count; ways of others are found too, and come with their signers, so that the policy can say why not.</param>
    public AdvisoryPaths(StoreView store, PolicyTrust trust)
    {
        rules = trust.Reach;
        var lineage = LineageTrust.Of(store.Graph, signer => trust.TrustsForLineage(signer.Subject, signer.Issuer));
        reaches = [.. store.Scan.Advisories
            .Select(a => a.Advisory)
            .Where(a => a.Affected.Any(target => target.Digest is not null && !target.Selectors.IsEmpty))
            .Select(a => (a, AdvisoryReach.Of(a, lineage, rules)))];
    }

    public IEnumerable<ReachPath> Find(Advisory advisory, Digest artifact) =>
        from pair in reaches
        where ReferenceEquals(pair.Advisory, advisory)
        let steps = pair.Reach.PathTo(artifact)
        where steps is { Count: > 0 } && steps.All(step => step.From.Digest is not null && step.To.Digest is not null)
        select new ReachPath(
            SelectorOf(steps[0].Via), [.. steps.Select(step => ToEdge(step, pair.Advisory.Class, pair.Reach.IsAffected(artifact)))]);

    private static Selector SelectorOf(ReachVia via) => via switch
    {
        ReachVia.Parent => Selector.Parents,
        ReachVia.BundleMember => Selector.Bundles,
        ReachVia.Descendant or ReachVia.Named => Selector.Descendants,
    };

    private EdgeEvidence ToEdge(ReachStep step, AdvisoryClass advisoryClass, bool isCertain)
    {
        var signer = step.Source is { Status: SourceStatus.Verified, Signer: { } by } ? new SignerEvidence(by.Subject, by.Issuer) : null;
        var (parent, child) = step.Via == ReachVia.Parent ? (step.To.Digest!, step.From.Digest!) : (step.From.Digest!, step.To.Digest!);
        var kind = step.Edge?.Kind.ToName() ?? EdgeEvidence.BundleKind;
        return new EdgeEvidence(kind, parent, child, step.Edge?.Tier ?? (signer is null ? EvidenceTier.Identified : EvidenceTier.Attested), signer)
        {
            // Such an edge carries an advisory only where the tokenizer was found to be the same, by digest.
            InheritsTokenizer = isCertain && rules.For(kind, advisoryClass) == Reach.IfTokenizerInherited,
        };
    }
}
