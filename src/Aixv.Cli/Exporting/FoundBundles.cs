using Aixv.Cli.Admitting;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Exporting;

/// <summary>The bundles that are named, or lie beside the artifact, verified. Those that do not hold are told of and left out.</summary>
internal sealed class FoundBundles
{
    private const int MaximumBesides = 200;
    private const string Suffix = ".sigstore.json";
    private readonly List<AttestationFacts> attestations = [];
    private readonly List<BundleFacts> signatures = [];
    private readonly List<Verified> verified = [];
    private readonly List<string> failures = [];

    private FoundBundles()
    {
    }

    public IReadOnlyList<AttestationFacts> Attestations => attestations;

    /// <summary>Of the artifact's bytes.</summary>
    public IReadOnlyList<BundleFacts> Signatures => signatures;

    public IReadOnlyList<Verified> Verified => verified;

    /// <summary>Why others do not count, each a sentence with the file.</summary>
    public IReadOnlyList<string> Failures => failures;

    /// <param name="artifact">The artifact's path, beside which bundles may lie; null where only its digest is known.</param>
    /// <param name="named">Bundles that the user names: they must be there, and what they say of others is told.</param>
    /// <param name="location">Where the artifact's own bundle is published; null takes file names.</param>
    public static FoundBundles Read(App app, string? artifact, ArtifactDigests digests, IReadOnlyList<string> named, string? location, StoreView view, Func<Signer, bool> isTrusted)
    {
        var found = new FoundBundles();
        foreach (var path in named)
        {
            found.Add(path, ArtifactFile.Read(app, "bundle", path, Bundle.MaximumBytes), digests, location, view, isTrusted, mustBeAbout: true);
        }

        foreach (var path in artifact is null ? [] : Beside(app, artifact))
        {
            found.Add(path, ArtifactFile.Read(app, "bundle", path, Bundle.MaximumBytes), digests, location, view, isTrusted, mustBeAbout: path == $"{artifact}{Suffix}");
        }

        return found;
    }

    /// <summary><c>ARTIFACT.sigstore.json</c>, and <c>STEM.*.sigstore.json</c>, as <c>attest</c> names them.</summary>
    public static IEnumerable<string> Beside(App app, string artifact)
    {
        var folder = Path.GetDirectoryName(artifact) ?? "";
        var absolute = Path.GetDirectoryName(app.Resolve(artifact))!;
        var stem = Path.GetFileNameWithoutExtension(artifact);
        return System.IO.Directory.EnumerateFiles(absolute, $"*{Suffix}")
            .Select(path => Path.GetFileName(path))
            .Where(name => name == $"{Path.GetFileName(artifact)}{Suffix}" || name.StartsWith($"{stem}.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Take(MaximumBesides)
            .Select(name => Path.Combine(folder, name));
    }

    private void Add(string path, byte[] json, ArtifactDigests digests, string? location, StoreView view, Func<Signer, bool> isTrusted, bool mustBeAbout)
    {
        switch (view.Keys.Verify(view.Verifier, json, digests, new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }))
        {
            case Verified holds when !verified.Exists(other => ReferenceEquals(other, holds)):
                verified.Add(holds);
                var bundle = BundleFacts.Of(json, holds, location ?? Path.GetFileName(path));
                if (holds.Statement is null)
                {
                    signatures.Add(bundle);
                }
                else
                {
                    attestations.Add(AttestationFacts.OfSigned(bundle, isTrusted(holds.Signer)));
                }

                break;
            case Rejected rejected when mustBeAbout || rejected.Reason is not (RejectionReason.SubjectMismatch or RejectionReason.DigestMismatch):
                failures.Add($"{path}: {VerifyOutcome.Describe(rejected)}");
                break;
            default:
                // A bundle of another artifact with a like name.
                break;
        }
    }
}
