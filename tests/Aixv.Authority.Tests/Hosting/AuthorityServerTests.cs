using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Authority.Tests.Hosting;

public sealed class AuthorityServerTests
{
    private static readonly byte[] Artifact = Encoding.UTF8.GetBytes("weights");

    internal static VerificationResult Verify(byte[] trustedRoot, string bundle, byte[] artifact, string identity, string issuer)
    {
        var policy = new VerificationPolicy { Signer = SignerPolicy.Certificate([TextPattern.Exact(identity)], [TextPattern.Exact(issuer)]) };
        return new Verifier(TrustedRoot.Parse(trustedRoot)).Verify(Encoding.UTF8.GetBytes(bundle), ArtifactDigests.Of(artifact), policy);
    }

    [Fact]
    public async Task A_keyless_signature_made_by_raw_requests_verifies()
    {
        await using var authority = await TestAuthority.StartAsync();
        var issuer = authority.Server.Url.GetLeftPart(UriPartial.Authority);
        var bundle = await Keyless.SignAsync(authority, Artifact, await authority.MachineTokenAsync());

        var result = Verify(authority.Server.TrustedRoot, bundle.ToJsonString(), Artifact, $"{issuer}/machines/machine", issuer);

        Assert.True(result is Verified, result.ToString());
    }
}
