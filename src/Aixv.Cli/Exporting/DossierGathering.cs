using System.CommandLine;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Trust;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Exporting;

/// <summary>Gathers and verifies all that is known of an artifact: bundles beside it, the store, a policy's decision, what is declared.</summary>
internal sealed class DossierGathering
{
    private readonly DossierOptions options;
    private readonly PolicyOptions policies;
    private readonly TrustedSubjectOptions subjects;
    private readonly Toggle requireSigned;
    private readonly StoreFolder store;
    private readonly TrustOptions trust;

    /// <param name="trust">Null adds the options that say whom to trust; a command that signs brings its own.</param>
    public DossierGathering(Command command, TrustOptions? trust = null)
    {
        requireSigned = new Toggle(command, "require-signed-attestations", "Exit 1 unless every attestation of the artifact is signed by a trusted subject.");
        subjects = new TrustedSubjectOptions(command, "--trusted-attestation", "attestations");
        policies = new PolicyOptions(command);
        options = new DossierOptions(command);
        store = new StoreFolder(command);
        this.trust = trust ?? new TrustOptions(command);
    }

    /// <exception cref="CommandFailure">There is no such artifact, or what is required cannot be done.</exception>
    public async Task<GatheredDossier> GatherAsync(App app, ParseResult parse, string artifact, CancellationToken cancellationToken)
    {
        var named = ArtifactName.Parse(app, artifact);
        var requires = requireSigned.Read(parse) ?? false;
        if (requires && !subjects.IsGiven(parse))
        {
            throw new CommandFailure("signed attestation verification requires trusted_attestation_subject or trusted_attestation_subjects");
        }

        var declared = options.Declared(app, parse);
        var receipts = options.Receipts(app, parse).ToList();
        var warnings = new List<string>();
        var (material, whyNot) = requires || policies.IsGiven(parse)
            ? (await trust.ResolveAsync(app, parse, cancellationToken), null)
            : await trust.TryResolveAsync(app, parse, cancellationToken);
        if ((whyNot is null ? material?.Warning : $"no signature was verified, so nothing is attested here: {whyNot}") is { } note)
        {
            warnings.Add(note);
        }

        var root = material?.ParseRoot();
        var policy = await policies.ReadAsync(app, parse, () => Task.FromResult(new Verifier(root!)));
        policies.RequireLevel(parse, policy);
        var keys = subjects.Keys(app, parse).With(policy?.Trust.Keys ?? ManagedKeys.None);
        var folder = store.Resolve(app, parse);
        var view = StoreView.Open(app, folder, root, keys, cancellationToken);
        warnings.AddRange(view.Warnings);
        var trusts = Matcher(parse, policy, keys);
        var size = named.Digest is null ? new FileInfo(app.Resolve(artifact)).Length : (long?)null;
        var digests = named.Digest is { } digest ? new ArtifactDigests(digest) : ArtifactFile.Digest(app, artifact, new FileDigesterOptions { Sha384 = true, Sha512 = true }, cancellationToken);
        var found = FoundBundles.Read(app, named.Digest is null ? artifact : null, digests, options.Bundles(parse), options.BundleUri(parse), view, s => trusts.Attestations(SignerEvidence.Of(s)));
        warnings.AddRange(root is null ? [] : found.Failures);
        var stored = StoreReading.Attestations(folder, view.Graph, digests.Sha256, view.Attestations, s => trusts.Attestations(SignerEvidence.Of(s))).ToList();
        var attestations = stored.Concat(found.Attestations.Where(a => !stored.Exists(s => s.Bundle is not null && s.Digest == a.Digest))).ToList();
        warnings.AddRange(receipts.Where(r => ReceiptReading.Names(r.Receipt, digests.Sha256) is false).Select(r => $"{r.Path}: the statement does not name {digests.Sha256}").Distinct());
        var violations = AttestationTrust.Of(
            [.. attestations.Select(Evidence)], signer => signer is not null && subjects.IsGiven(parse) && trusts.Attestations(signer), requires);
        var latest = attestations.Select(a => a.Time).Concat(found.Signatures.Select(s => s.Signature.IntegratedTime)).Concat(view.Scan.Advisories.Select(a => a.IntegratedTime)).Max();
        var facts = new ArtifactFacts(digests.Sha256, named.Digest is null ? Path.GetFileName(artifact) : digests.Sha256.ToString())
        {
            Size = size,
            Uri = options.Uri(parse) ?? declared.Uri,
            Version = declared.Version,
            Type = options.ArtifactType(parse),
        };
        var dossier = DossierBuilder.Build(new DossierInput
        {
            Artifact = facts,
            Time = options.Time(parse),
            FallbackTime = DossierOptions.FallbackTime(app),
            ToolVersion = VersionCommand.Current(),
            Files = size is null ? [] : [new FileFacts(facts.Name, facts.Digest, size)],
            Attestations = attestations,
            Signatures = found.Signatures,
            Advisories = view.Scan.Advisories,
            AdvisoriesWereChecked = System.IO.Directory.Exists(folder),
            Decision = policy is null ? null : Decide(options.DecisionTime(app, parse, latest), parse, view, policy, facts, found),
            Lineage = LineageTrust.Of(view.Graph, signer => trusts.Lineage(new SignerEvidence(signer.Subject, signer.Issuer))),
            TrustsForAdvisories = trusts.Advisories,
            Depth = options.Depth(parse),
            Memberships = [.. view.Scan.AddTo(new Evidence { Artifact = facts.Digest }, (_, _) => []).Bundles],
            Declared = declared.Facts,
            Receipts = [.. receipts.Select(r => r.Receipt)],
            TrustRoot = root?.Fingerprint,
            Dataset = options.Dataset(parse),
            AdvisoryFeed = options.AdvisoryFeed(parse),
        });
        return new GatheredDossier(dossier, violations, warnings);
    }

    private static AttestationEvidence Evidence(AttestationFacts attestation) =>
        new(attestation.PredicateType, attestation.Tier, attestation.Bundle?.Signature.Signer, attestation.Bundle?.Signature.IntegratedTime, attestation.Location);

    private DecisionFacts Decide(DateTimeOffset now, ParseResult parse, StoreView view, LoadedPolicy policy, ArtifactFacts artifact, FoundBundles found)
    {
        var collector = new EvidenceCollector(view, policy, now);
        var signatures = found.Verified.Count > 0 ? found.Verified : [.. StoreAttestations.Signatures(view, artifact.Digest)];
        var evidence = collector.Collect(artifact.Digest, artifact.Name, signatures, found.Verified.Count > 0 ? [] : found.Failures, null) with { ArtifactType = artifact.Type };
        var level = policies.Level(parse) is { } asked ? AssuranceGate.NameOf(asked) : null;
        return new DecisionFacts(collector.Decide(evidence), evidence, policy.Policy, policy.Signer, level);
    }

    /// <summary>Whose word counts for what: by the policy, by name, or, for advisories and lineage, everybody's where nobody is named.</summary>
    private Trusting Matcher(ParseResult parse, LoadedPolicy? policy, ManagedKeys keys)
    {
        var named = subjects.Matcher(parse, keys);
        var isNamed = subjects.IsGiven(parse);
        bool ByName(SignerEvidence signer) => named(signer.Subject, signer.Issuer);
        bool ByPolicy(SignerEvidence signer) => policy!.Trust.TrustsForLineage(signer.Subject, signer.Issuer);
        return policy is null
            ? new Trusting(s => isNamed && ByName(s), s => !isNamed || ByName(s), s => !isNamed || ByName(s))
            : new Trusting(isNamed ? ByName : ByPolicy, ByPolicy, s => policy.Trust.TrustsForAdvisories(s.Subject, s.Issuer));
    }

    private sealed record Trusting(Func<SignerEvidence, bool> Attestations, Func<SignerEvidence, bool> Lineage, Func<SignerEvidence, bool> Advisories);
}
