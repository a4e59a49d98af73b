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
    /// <param name="key">The signer's key where the bundle does not have it.</param>
    /// <exception cref="CommandFailure">The artifact cannot be read.</exception>
    public static ArtifactDigests Digest(App app, string path, Bundle? bundle, PublicKey? key, CancellationToken cancellationToken)
    {
        var needs = bundle is null ? new DigestRequirement([], Content: false) : Verifier.Needs(bundle, key);
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
}
