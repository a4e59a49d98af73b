using System.CommandLine;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Trust;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Policies;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust.Instances;
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
        var material = await ResolveAsync(app, parse, requires, warnings, cancellationToken);
        var root = material.ParseRoot();
        var verifier = new Verifier(root);
        var policy = await policies.ReadAsync(app, parse, () => Task.FromResult(verifier));
        policies.RequireLevel(parse, policy);
        var folder = store.Resolve(app, parse);
        var view = StoreView.Open(app, folder, root, cancellationToken);
        warnings.AddRange(view.Warnings);
        var size = named.Digest is null ? new FileInfo(app.Resolve(artifact)).Length : (long?)null;
        var digests = named.Digest is { } digest ? new ArtifactDigests(digest) : ArtifactFile.Digest(app, artifact, new FileDigesterOptions { Sha384 = true, Sha512 = true }, cancellationToken);
        var found = FoundBundles.Read(app, named.Digest is null ? artifact : null, digests, options.Bundles(parse), options.BundleUri(parse), verifier, s => IsTrusted(parse, policy, s));
        warnings.AddRange(found.Failures);
        var stored = StoreReading.Attestations(folder, view.Graph, digests.Sha256, verifier, s => IsTrusted(parse, policy, s)).ToList();
        var attestations = stored.Concat(found.Attestations.Where(a => !stored.Exists(s => s.Bundle is not null && s.Digest == a.Digest))).ToList();
        var violations = AttestationTrust.Of(
            [.. attestations.Select(Evidence)], signer => signer is not null && subjects.IsGiven(parse) && Names(parse, signer), requires);
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
            Decision = policy is null ? null : Decide(app, parse, view, policy, facts, found),
            Lineage = LineageTrust.Of(view.Graph, signer => CountsForLineage(parse, policy, signer)),
            TrustsForAdvisories = signer => policy is null ? CountsWithoutPolicy(parse, signer) : policy.Trust.TrustsForAdvisories(signer.Subject, signer.Issuer),
            Depth = options.Depth(parse),
            Memberships = [.. view.Scan.AddTo(new Evidence { Artifact = facts.Digest }, (_, _) => []).Bundles],
            Declared = declared.Facts,
            Receipts = [.. receipts],
            TrustRoot = ReferenceEquals(material, TrustMaterial.Nobody) ? null : root.Fingerprint,
            AdvisoryFeed = options.AdvisoryFeed(parse),
        });
        return new GatheredDossier(dossier, violations, warnings);
    }

    /// <summary>Evidence is gathered without a trusted root too, and then nothing counts as signed; but not where a signature is required.</summary>
    private async Task<TrustMaterial> ResolveAsync(App app, ParseResult parse, bool requires, List<string> warnings, CancellationToken cancellationToken)
    {
        try
        {
            var material = await trust.ResolveAsync(app, parse, cancellationToken);
            if (material.Warning is { } warning)
            {
                warnings.Add(warning);
            }

            return material;
        }
        catch (Exception e) when (e is HttpRequestException or TrustInstanceException && !requires && !policies.IsGiven(parse))
        {
            warnings.Add($"no signature could be verified, so none counts: {e.Message}");
            return TrustMaterial.Nobody;
        }
    }

    private static AttestationEvidence Evidence(AttestationFacts attestation) =>
        new(attestation.PredicateType, attestation.Tier, attestation.Bundle?.Signature.Signer, attestation.Bundle?.Signature.IntegratedTime, attestation.Location);

    private DecisionFacts Decide(App app, ParseResult parse, StoreView view, LoadedPolicy policy, ArtifactFacts artifact, FoundBundles found)
    {
        var collector = new EvidenceCollector(view, policy, app.Time.GetUtcNow());
        var signatures = found.Verified.Count > 0 ? found.Verified : [.. StoreAttestations.Signatures(view, artifact.Digest)];
        var evidence = collector.Collect(artifact.Digest, artifact.Name, signatures, found.Verified.Count > 0 ? [] : found.Failures, null) with { ArtifactType = artifact.Type };
        var level = policies.Level(parse) is { } asked ? AssuranceGate.NameOf(asked) : null;
        return new DecisionFacts(collector.Decide(evidence), evidence, policy.Policy, policy.Signer, level);
    }

    private bool IsTrusted(ParseResult parse, LoadedPolicy? policy, Signer signer)
    {
        var by = SignerEvidence.Of(signer);
        return subjects.IsGiven(parse) ? Names(parse, by) : policy?.Trust.TrustsForLineage(by.Subject, by.Issuer) ?? false;
    }

    private bool CountsForLineage(ParseResult parse, LoadedPolicy? policy, LineageSigner signer) => policy is null
        ? CountsWithoutPolicy(parse, new SignerEvidence(signer.Subject, signer.Issuer))
        : policy.Trust.TrustsForLineage(signer.Subject, signer.Issuer);

    /// <summary>As in <c>provenance</c>: who is named, or every verified signer where nobody is.</summary>
    private bool CountsWithoutPolicy(ParseResult parse, SignerEvidence signer) => !subjects.IsGiven(parse) || Names(parse, signer);

    private bool Names(ParseResult parse, SignerEvidence signer) => subjects.Subjects(parse).Contains(signer.Subject, StringComparer.Ordinal)
        && (subjects.Issuers(parse) is { Count: 0 } || subjects.Issuers(parse).Contains(signer.Issuer, StringComparer.Ordinal));
}
