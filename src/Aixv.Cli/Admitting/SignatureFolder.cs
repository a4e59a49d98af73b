using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Verification;

namespace Aixv.Cli.Admitting;

/// <summary>The signatures that lie in a folder, by the digest that each is about: for artifacts of which only the digest is known.</summary>
internal sealed class SignatureFolder
{
    private const int MaximumFiles = 10_000;
    private readonly ILookup<Digest, Bundle> bundles;

    public SignatureFolder(string folder) => bundles = System.IO.Directory.Exists(folder)
        ? System.IO.Directory.EnumerateFiles(folder, "*.sigstore.json").Order(StringComparer.Ordinal).Take(MaximumFiles).SelectMany(Read).ToLookup(pair => pair.Digest, pair => pair.Bundle)
        : Enumerable.Empty<Bundle>().ToLookup(_ => Digest.Of([]));

    public IEnumerable<Verified> Verify(StoreView store, Digest artifact) => bundles[artifact]
        .Select(bundle => store.Keys.Verify(store.Verifier, bundle, new ArtifactDigests(artifact), new VerificationPolicy { Signer = SignerPolicy.AllowAnyIdentityUnsafe }))
        .OfType<Verified>();

    /// <summary>A file that is no bundle, or one that names no digest, says nothing of any artifact.</summary>
    private static IEnumerable<(Digest Digest, Bundle Bundle)> Read(string path)
    {
        Bundle bundle;
        try
        {
            if (new FileInfo(path).Length > Bundle.MaximumBytes || !RegularFile.Is(path))
            {
                return [];
            }

            bundle = Bundle.Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is BundleFormatException or IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return bundle.Content is MessageSignature { DigestAlgorithm.Name: "SHA256", Digest: { Length: 32 } digest } ? [(Digest.FromBytes(digest.Span), bundle)] : [];
    }
}
