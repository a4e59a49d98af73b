using System.CommandLine;
using System.Security.Cryptography;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Trust;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Commands;

/// <summary><c>aixv verify</c>: was this artifact signed, or attested, by whom I expect?</summary>
internal static class VerifyCommand
{
    public static Command Create(App app)
    {
        var artifact = new Argument<string>("ARTIFACT") { Description = "The file, or its digest as sha256:HEX (then with --bundle)." };
        var bundle = Options.Text("--bundle", "FILE", "The Sigstore bundle (default: ARTIFACT.sigstore.json).");
        var command = new Command("verify", "Verify an artifact against its signature or attestation.") { artifact, bundle };
        var signer = new SignerOptions(command);
        var thresholds = new ThresholdOptions(command);
        var trust = new TrustOptions(command);
        return command.Answer(app, async (parse, cancellationToken) =>
        {
            var named = ArtifactName.Parse(app, parse.GetRequiredValue(artifact));
            var bundlePath = parse.GetValue(bundle) ?? DefaultBundle(named);
            var json = ArtifactFile.Read(app, "bundle", bundlePath, Bundle.MaximumBytes);
            var (asked, key) = signer.Read(app, parse);
            var policy = thresholds.Apply(asked, parse);
            var parsed = TryParse(json);
            var material = key is not null && policy.LogThreshold == 0 && parsed is { LogEntries.Length: 0, Timestamps.Length: 0 }
                ? TrustMaterial.Nobody
                : await trust.ResolveAsync(app, parse, cancellationToken);
            var digests = Digest(app, named, parsed, key, cancellationToken);
            var verifier = new Verifier(material.ParseRoot());
            var (subject, issuer) = signer.Expected(parse);
            return new VerifyOutcome
            {
                Artifact = named.Text,
                Digest = digests.Sha256,
                BundlePath = bundlePath,
                ExpectedSubject = subject,
                ExpectedIssuer = issuer,
                IsStaging = trust.IsStaging(parse),
                Trust = material,
                Result = parsed is null ? verifier.Verify(json, digests, policy) : verifier.Verify(parsed, digests, policy),
            };
        });
    }

    private static string DefaultBundle(ArtifactName artifact) => artifact.Digest is null
        ? $"{artifact.Text}.sigstore.json"
        : throw new CommandFailure("a digest has no bundle beside it: pass --bundle FILE");

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

    private static ArtifactDigests Digest(App app, ArtifactName artifact, Bundle? bundle, PublicKey? key, CancellationToken cancellationToken)
    {
        if (artifact.Digest is { } digest)
        {
            return new ArtifactDigests(digest);
        }

        var needs = bundle is null ? new DigestRequirement([], Content: false) : Verifier.Needs(bundle, key);
        if (needs.Content)
        {
            return ArtifactDigests.Of(ArtifactFile.Read(app, "artifact", artifact.Text, MaximumContent));
        }

        var options = new FileDigesterOptions
        {
            Sha384 = needs.Hashes.Contains(HashAlgorithmName.SHA384),
            Sha512 = needs.Hashes.Contains(HashAlgorithmName.SHA512),
        };
        return ArtifactFile.Digest(app, artifact.Text, options, cancellationToken);
    }

    /// <summary>Pure Ed25519 signs the bytes themselves, so they are read whole; more than this is refused.</summary>
    private const int MaximumContent = 1024 * 1024 * 1024;
}
