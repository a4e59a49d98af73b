using System.Security.Cryptography;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Cli.Artifacts;

/// <summary>Reads of an artifact what its bundle was made over.</summary>
internal static class SignedArtifact
{
    /// <summary>Pure Ed25519 signs the bytes themselves, so they are read whole; more than this is refused.</summary>
    private const int MaximumContent = 1024 * 1024 * 1024;

    /// <param name="bundle">Null for what is no bundle.</param>
    /// <param name="keys">The keys that may be the signer's where the bundle does not have it.</param>
    /// <exception cref="CommandFailure">The artifact cannot be read.</exception>
    public static ArtifactDigests Digest(App app, string path, Bundle? bundle, IReadOnlyCollection<PublicKey> keys, CancellationToken cancellationToken)
    {
        return Digest(app, path, bundle is null ? [] : [bundle], keys, cancellationToken);
    }

    /// <summary>The same of several bundles, with one reading of the artifact.</summary>
    public static ArtifactDigests Digest(App app, string path, IReadOnlyCollection<Bundle> bundles, IReadOnlyCollection<PublicKey> keys, CancellationToken cancellationToken)
    {
        var each = bundles.Select(bundle => Needs(bundle, keys)).ToList();
        var needs = new DigestRequirement([.. each.SelectMany(need => need.Hashes).Distinct()], each.Exists(need => need.Content));
        if (needs.Content)
        {
            return ArtifactDigests.Of(ArtifactFile.Read(app, "artifact", path, MaximumContent));
        }

        var options = new FileDigesterOptions
        {
            Sha384 = needs.Hashes.Contains(HashAlgorithmName.SHA384),
            Sha512 = needs.Hashes.Contains(HashAlgorithmName.SHA512),
        };
        return ArtifactFile.Digest(app, path, options, cancellationToken);
    }

    /// <summary>Whether the SHA-256 is all that a bundle's verification asks of the artifact.</summary>
    public static bool NeedsOnlySha256(Bundle bundle, PublicKey? key) =>
        Needs(bundle, key is null ? [] : [key]) is { Content: false } needs && needs.Hashes.All(hash => hash == HashAlgorithmName.SHA256);

    private static DigestRequirement Needs(Bundle bundle, IReadOnlyCollection<PublicKey> keys)
    {
        if (keys.Count == 0 || !bundle.Certificates.IsEmpty)
        {
            return Verifier.Needs(bundle);
        }

        var needs = keys.Select(key => Verifier.Needs(bundle, key)).ToList();
        return new DigestRequirement([.. needs.SelectMany(need => need.Hashes).Distinct()], needs.Exists(need => need.Content));
    }
}
