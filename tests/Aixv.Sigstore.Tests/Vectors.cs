using System.Runtime.CompilerServices;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests;

/// <summary>The bundles of the conformance suite in testdata/vectors/sigstore.</summary>
internal sealed record Vectors(string Name)
{
    private const string DefaultIdentity =
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/.github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";

    private static readonly string Root = Path.Combine(Repository(), "testdata", "vectors", "sigstore");

    internal static IEnumerable<string> All => Directory.GetDirectories(Root).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    internal byte[] Bundle => File.ReadAllBytes(PathOf("bundle.sigstore.json")!);

    internal byte[] Artifact => File.ReadAllBytes(PathOf("artifact") ?? Path.Combine(Root, "a.txt"));

    internal byte[] TrustedRootJson => File.ReadAllBytes(PathOf("trusted_root.json") ?? Path.Combine(Root, "trusted_root.json"));

    internal TrustedRoot TrustedRoot => TrustedRoot.Parse(TrustedRootJson);

    internal string Identity => PathOf("identity") is { } path ? File.ReadAllText(path).Trim() : DefaultIdentity;

    internal string Issuer => PathOf("issuer") is { } path ? File.ReadAllText(path).Trim() : "https://token.actions.githubusercontent.com";

    /// <summary>The managed key of the case, or null.</summary>
    internal string? KeyPem => PathOf("key.pub") is { } path ? File.ReadAllText(path) : null;

    internal VerificationPolicy Policy => new()
    {
        Signer = KeyPem is { } key
            ? SignerPolicy.Key(PublicKey.FromPem(key))
            : SignerPolicy.Certificate([TextPattern.Exact(Identity)], [TextPattern.Exact(Issuer)]),
    };

    internal VerificationResult Verify() => new Verifier(TrustedRoot).Verify(Bundle, ArtifactDigests.Of(Artifact), Policy);

    private string? PathOf(string file) => Path.Combine(Root, Name, file) is var path && File.Exists(path) ? path : null;

    internal static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
