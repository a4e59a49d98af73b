using Aixv.Cli.Artifacts;
using Aixv.Cli.Commands;
using Aixv.Cli.Exporting;
using Aixv.Cli.Publishing.Folders;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Publishing.Bundles;

/// <summary>An artifact with the bundles about it: those that hold, and why others do not.</summary>
/// <param name="Artifact">As the user would write it.</param>
/// <param name="Failures">Each a sentence with the file.</param>
internal sealed record AttachedBundles(string Artifact, ArtifactDigests Digests, IReadOnlyList<AttachedBundle> Bundles, IReadOnlyList<string> Failures)
{
    /// <summary>Verifies the bundles that lie beside an artifact, and those that are named.</summary>
    /// <param name="named">These must be there; what is wrong with them is told.</param>
    /// <param name="policy">Who must have signed.</param>
    /// <exception cref="CommandFailure">The artifact is missing, or not whole.</exception>
    public static AttachedBundles Read(
        App app, string artifact, IReadOnlyList<string> named, Verifier verifier, ManagedKeys keys, VerificationPolicy policy, CancellationToken cancellationToken)
    {
        ModelWeights.RequireWhole(app, artifact);
        var failures = new List<string>();
        var candidates = new List<(string Path, byte[] Bytes, Bundle Content, bool IsNamed)>();
        foreach (var path in named.Concat(FoundBundles.Beside(app, artifact)).DistinctBy(app.Resolve))
        {
            var bytes = ArtifactFile.Read(app, "bundle", path, Bundle.MaximumBytes);
            try
            {
                candidates.Add((path, bytes, Bundle.Parse(bytes), named.Contains(path) || path == $"{artifact}.sigstore.json"));
            }
            catch (BundleFormatException e)
            {
                failures.Add($"{path}: {e.Message}");
            }
        }

        var digests = SignedArtifact.Digest(app, artifact, [.. candidates.Select(c => c.Content)], keys.Keys, cancellationToken);
        var bundles = new List<AttachedBundle>();
        foreach (var (path, bytes, content, isNamed) in candidates)
        {
            switch (keys.Verify(verifier, content, digests, policy))
            {
                case Verified verified:
                    bundles.Add(new AttachedBundle(path, bytes, content, verified));
                    break;
                case Rejected rejected when isNamed || rejected.Reason is not (RejectionReason.SubjectMismatch or RejectionReason.DigestMismatch):
                    failures.Add($"{path}: {VerifyOutcome.Describe(rejected)}");
                    break;
                default:
                    // A bundle of another artifact with a like name.
                    break;
            }
        }

        return new AttachedBundles(artifact, digests, bundles, failures);
    }
}
