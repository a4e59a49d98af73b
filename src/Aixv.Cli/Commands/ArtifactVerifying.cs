using System.CommandLine;
using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Trust;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Commands;

/// <summary>The options of every command that verifies an artifact, and the way from them to an answer: by whom it must be signed, by which policy admitted.</summary>
internal sealed class ArtifactVerifying
{
    private readonly SignerOptions signer;
    private readonly ThresholdOptions thresholds;
    private readonly PolicyOptions policies;
    private readonly JudgingOptions judging;
    private readonly AdvisoryLook.Options advisories;
    private readonly StoreFolder store;
    private readonly TrustOptions trust;

    public ArtifactVerifying(Command command)
    {
        signer = new SignerOptions(command);
        policies = new PolicyOptions(command);
        judging = new JudgingOptions(command, policies);
        advisories = new AdvisoryLook.Options(command, result => !policies.IsMissing(result));
        store = new StoreFolder(command);
        thresholds = new ThresholdOptions(command);
        trust = new TrustOptions(command);
    }

    /// <summary>Finds out before anything is fetched whether somebody is expected to have signed it.</summary>
    /// <exception cref="CommandFailure">Nobody is, and no policy says who may have.</exception>
    public void RequireExpectation(App app, ParseResult parse)
    {
        if (!policies.IsGiven(parse))
        {
            signer.Read(app, parse);
        }
    }

    /// <summary>The digests that a bundle was made over: mostly the one that is known, else by reading the artifact once more.</summary>
    public ArtifactDigests Digest(App app, ParseResult parse, string path, Bundle bundle, Digest known, CancellationToken cancellationToken)
    {
        var key = signer.Read(app, parse, SignerPolicy.AllowAnyIdentityUnsafe).Key;
        return SignedArtifact.NeedsOnlySha256(bundle, key) ? new ArtifactDigests(known) : SignedArtifact.Digest(app, path, bundle, key is null ? [] : [key], cancellationToken);
    }

    /// <summary>The order of the checks is the documented one (aixv-protocol §5).</summary>
    /// <param name="named">The artifact.</param>
    /// <param name="bundlePath">The bundle's file, as the user would write it.</param>
    /// <param name="known">The artifact's digests where they are known already; null reads it.</param>
    public async Task<VerifyOutcome> VerifyAsync(
        App app, ParseResult parse, ArtifactName named, string bundlePath, ArtifactDigests? known, CancellationToken cancellationToken)
    {
        var json = ArtifactFile.Read(app, "bundle", bundlePath, Bundle.MaximumBytes);
        TrustMaterial? material = null;
        async Task<TrustMaterial> ResolveAsync() => material ??= await trust.ResolveAsync(app, parse, cancellationToken);
        var loaded = await policies.ReadAsync(app, parse, async () => new Verifier((await ResolveAsync()).ParseRoot()));
        policies.RequireLevel(parse, loaded);
        var (asked, key) = ReadSigner(app, parse, loaded);
        var parsed = TryParse(json);
        var isBareKey = key is not null && asked.LogThreshold == 0 && parsed is { LogEntries.Length: 0, Timestamps.Length: 0 };
        try
        {
            material ??= loaded is null && isBareKey ? TrustMaterial.Nobody : await ResolveAsync();
        }
        catch (HttpRequestException) when (parsed is null)
        {
            // What is no bundle is refused whoever is trusted: an instance that cannot be reached does not change that.
            material = TrustMaterial.Nobody;
        }

        var root = material.ParseRoot();
        var keys = key is null ? loaded?.Trust.Keys ?? ManagedKeys.None : new ManagedKeys([key], asked.LogThreshold == 0);
        var digests = known ?? (named.Digest is { } written ? new ArtifactDigests(written) : SignedArtifact.Digest(app, named.Text, parsed, keys.Keys, cancellationToken));
        var verifier = new Verifier(root);
        var result = parsed is null ? verifier.Verify(json, digests, asked) : keys.Verify(verifier, parsed, digests, asked);
        var (subject, issuer) = signer.Expected(parse);
        return new VerifyOutcome
        {
            Artifact = named.Text,
            Digest = digests.Sha256,
            BundlePath = bundlePath,
            ExpectedSubject = subject ?? loaded?.Policy.Subject,
            ExpectedIssuer = issuer ?? loaded?.Policy.Issuer,
            IsStaging = trust.IsStaging(parse),
            Trust = material,
            Result = result,
            Admission = loaded is null ? null : Judge(app, parse, loaded, root, named, digests.Sha256, result, key, cancellationToken),
            Advisories = loaded is not null ? null : advisories.Look(app, parse, store.Resolve(app, parse), root, digests.Sha256, ExpectedSigner(parse, key), keys, cancellationToken),
        };
    }

    /// <summary>Who is expected is judged by the policy where it can be, so that a violation has its code; else by the verifier.</summary>
    private (VerificationPolicy Policy, PublicKey? Key) ReadSigner(App app, ParseResult parse, LoadedPolicy? loaded)
    {
        if (loaded is null)
        {
            var (alone, itsKey) = signer.Read(app, parse);
            return (thresholds.Apply(alone, parse), itsKey);
        }

        var (asked, key) = signer.IsExact(parse)
            ? (new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }, null)
            : signer.Read(app, parse, SignerPolicy.AllowAnyIdentityUnsafe);
        if (key is null && signer.Expected(parse).Subject is null && loaded.Trust.Subjects.IsEmpty)
        {
            throw SignerOptions.NobodyExpected();
        }

        return (thresholds.Apply(loaded.Policy.TransparencyRequired ? asked : asked with { LogThreshold = 0 }, parse), key);
    }

    private AdmissionAnswer Judge(
        App app,
        ParseResult parse,
        LoadedPolicy loaded,
        TrustedRoot root,
        ArtifactName named,
        Digest digest,
        VerificationResult result,
        PublicKey? key,
        CancellationToken cancellationToken)
    {
        var collector = new EvidenceCollector(StoreView.Open(app, store.Resolve(app, parse), root, loaded.Trust.Keys, cancellationToken), loaded, app.Time.GetUtcNow());
        var deep = judging.IsDeep(parse) ? collector.VerifyAncestry(digest, judging.MaximumDepth(parse), cancellationToken) : null;
        var verified = result as Verified;
        var collected = collector.Collect(
            digest,
            Path.GetFileName(named.Text),
            verified is null ? [] : [verified],
            result is Rejected rejected ? [VerifyOutcome.Describe(rejected)] : [],
            deep,
            named.Digest is null ? app.Resolve(named.Text) : null,
            judging.ArtifactType(parse));
        var actual = verified is null ? null : SignerEvidence.Of(verified.Signer);
        var isExact = signer.IsExact(parse) && key is null;
        var (subject, issuer) = signer.Expected(parse);
        var evidence = collected with
        {
            // A pattern, or a key, was compared by the verifier: what it found is what was expected.
            ExpectedSubject = isExact ? subject : subject is null && key is null ? null : actual?.Subject,
            ExpectedIssuer = isExact ? issuer : issuer is null ? null : actual?.Issuer,
        };
        var decision = collector.Decide(evidence);
        return new AdmissionAnswer
        {
            Policy = loaded,
            Decision = decision,
            Evidence = evidence,
            Warnings = collector.Store.Warnings,
            Level = policies.Level(parse),
            Deep = deep,
            Explain = judging.Explains(parse),
            SavedTo = judging.Save(app, parse, SavedDecision.Of(decision, evidence, loaded.Policy)),
        };
    }

    /// <summary>Null for what is no bundle; the verifier then says why.</summary>
    private static Bundle? TryParse(byte[] json)
    {
        try
        {
            return Bundle.Parse(json);
        }
        catch (BundleFormatException)
        {
            return null;
        }
    }

    /// <summary>Whose word counts without a policy: who is expected by exact name, or by key.</summary>
    private Func<string, string?, bool> ExpectedSigner(ParseResult parse, PublicKey? key)
    {
        var ours = key is null ? null : ManagedKeys.NameOf(key);
        var (subject, issuer) = signer.IsExact(parse) ? signer.Expected(parse) : (null, null);
        return (who, by) => (ours is not null && by is null && who == ours) || (subject is not null && who == subject && (issuer is null || by == issuer));
    }
}
