using Aixv.Cli.Artifacts;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Policies;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>Gathers what a decision rests on: signatures, and all that the store says. Opened once for many artifacts of one policy.</summary>
internal sealed class EvidenceCollector
{
    private readonly StoreView store;
    private readonly LoadedPolicy policy;
    private readonly GraphEvidence graph;
    private readonly AdmissionEngine engine;
    private readonly AdmissionEngine cautious;
    private readonly DateTimeOffset now;

    public EvidenceCollector(StoreView store, LoadedPolicy policy, DateTimeOffset now)
    {
        (this.store, this.policy, this.now) = (store, policy, now);
        graph = new GraphEvidence(store.Graph, policy.Policy);
        engine = new AdmissionEngine(policy.Policy);
        cautious = new AdmissionEngine(policy.Policy with { RequireNoActiveAdvisories = true, AdvisoryScope = AdvisoryScope.Lineage });
    }

    public StoreView Store => store;

    public LoadedPolicy Policy => policy;

    /// <summary>Looks at the ancestors: deeper than the policy asks where <paramref name="depth"/> says so.</summary>
    public Ancestry VerifyAncestry(Digest artifact, int? depth, CancellationToken cancellationToken) =>
        Ancestry.Verify(store, policy, artifact, depth, Recalls, cancellationToken);

    /// <summary>All that is known of an artifact.</summary>
    /// <param name="signatures">Verified signatures of it.</param>
    /// <param name="failures">Why others were refused.</param>
    /// <param name="ancestry">Null takes the ancestors from the index, where the policy asks for them.</param>
    /// <param name="file">The artifact's absolute path, or null where only its digest is known.</param>
    /// <param name="stated">What the artifact is, as the user says; null finds it out.</param>
    public Evidence Collect(Digest artifact, string? name, IEnumerable<Verified> signatures, IEnumerable<string> failures, Ancestry? ancestry, string? file = null, string? stated = null)
    {
        var evidence = new Evidence
        {
            Artifact = artifact,
            ArtifactName = name,
            PolicyId = policy.Id,
            PolicySigner = policy.Signer,
            TrustRoot = store.Root.Fingerprint,
            Signatures = [.. signatures.Select(SignatureEvidence.Of)],
            SignatureFailures = [.. failures],
            Attestations = [.. StoreAttestations.Indexed(store, artifact)],
            Lineage = ancestry?.ToEvidence(policy.Trust) ?? (policy.Policy.Lineage is null ? null : graph.Lineage(artifact)),
        };
        return store.Scan.AddTo(WithType(evidence, file, stated), graph.Paths);
    }

    /// <summary>Says what the artifact is: the user, else attestations that count, else the file, where the policy has a rule for such files.</summary>
    private Evidence WithType(Evidence evidence, string? file, string? stated)
    {
        if (stated is not null)
        {
            return evidence with { ArtifactType = stated, ArtifactTypeSource = "--artifact-type" };
        }

        if (policy.Policy.RequiredPredicates.Keys.All(type => type == "*"))
        {
            return evidence;
        }

        if (StatedType.Of(store, policy.Trust, StoreAttestations.Sources(store, evidence.Artifact)) is { } attested)
        {
            return evidence with { ArtifactType = attested.Type, ArtifactTypeSource = attested.Source };
        }

        // A name is not signed: it may choose among the policy's rules, and not get around them all.
        return file is not null && FileKind.Of(file) is { } kind && policy.Policy.RequiredPredicates.ContainsKey(kind)
            ? evidence with { ArtifactType = kind, ArtifactTypeSource = "the file's name and first bytes" }
            : evidence;
    }

    public AdmissionDecision Decide(Evidence evidence) => engine.Decide(evidence, now);

    /// <summary>The advisories for which the policy would deny an artifact.</summary>
    public IReadOnlyList<string> Recalls(Digest artifact) => Recalls(engine, artifact);

    /// <summary>Every active advisory, by whom the policy trusts, that names or reaches an artifact, however slight.</summary>
    public IReadOnlyList<string> ActiveAdvisories(Digest artifact) => Recalls(cautious, artifact);

    private IReadOnlyList<string> Recalls(AdmissionEngine asked, Digest artifact) =>
    [
        .. asked.Decide(store.Scan.AddTo(new Evidence { Artifact = artifact }, graph.Paths), now).Violations
            .Where(v => v.Code is ViolationCode.AdvisorySeverity or ViolationCode.AdvisoryActive)
            .Select(v => v.AdvisoryId)
            .OfType<string>(),
    ];
}
