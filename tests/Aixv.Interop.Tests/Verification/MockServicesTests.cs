using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Interop.Tests.Verification;

/// <summary>Our verifier on bundles of <c>@sigstore/sign</c> made against the services of <c>@sigstore/mock</c>.</summary>
public sealed class MockServicesTests(MockServices services, PeerVerifier peer) : IClassFixture<MockServices>, IClassFixture<PeerVerifier>
{
    private static readonly string[] Entries = ["hashedrekord", "hashedrekord and timestamp", "dsse", "dsse and timestamp", "intoto"];
    private static readonly string[] Versions = ["0.1", "0.2", "0.3", "0.3 (old name)"];

    public static TheoryData<string, string> Bundles => [.. from entry in Entries from version in Versions select (entry, version)];

    private VerificationResult Verify(byte[] bundle, byte[] artifact, string? identity = null) =>
        new Verifier(TrustedRoot.Parse(services.TrustedRoot)).Verify(bundle, ArtifactDigests.Of(artifact), new VerificationPolicy
        {
            Signer = SignerPolicy.Certificate([TextPattern.Exact(identity ?? services.Identity)], [TextPattern.Exact(services.Issuer)]),
        });

    [Theory, MemberData(nameof(Bundles))]
    public void A_bundle_is_accepted(string entry, string version)
    {
        NodeScript.Require();
        var result = Verify(services.Bundle(entry, version), services.Artifact);
        var verified = Assert.IsType<Verified>(result);
        Assert.StartsWith(entry.Split(' ')[0], Assert.Single(verified.LogEntries).Kind, StringComparison.Ordinal);
        Assert.Equal(entry.Contains("timestamp", StringComparison.Ordinal) ? 2 : 1, verified.Times.Length);
    }

    [Theory, MemberData(nameof(Bundles))]
    public void A_copy_with_one_value_changed_is_refused(string entry, string version)
    {
        NodeScript.Require();
        var copies = Tampering.Each(services.Bundle(entry, version)).ToList();
        Assert.InRange(copies.Count, 7, 20);
        foreach (var (path, tampered) in copies)
        {
            var result = Verify(tampered, services.Artifact);
            Assert.True(result is Rejected, $"{path} was changed and the bundle accepted");
        }
    }

    [Theory, MemberData(nameof(Bundles))]
    public void Another_file_or_another_identity_is_refused(string entry, string version)
    {
        NodeScript.Require();
        var bundle = services.Bundle(entry, version);
        var reason = entry.StartsWith("hashedrekord", StringComparison.Ordinal) ? RejectionReason.DigestMismatch : RejectionReason.SubjectMismatch;
        Assert.Equal(reason, Assert.IsType<Rejected>(Verify(bundle, [.. services.Artifact, 0])).Reason);
        Assert.Equal(RejectionReason.IdentityMismatch, Assert.IsType<Rejected>(Verify(bundle, services.Artifact, services.Identity + "s")).Reason);
    }

    [Theory, MemberData(nameof(Bundles))]
    public async Task The_peer_accepts_them_too(string entry, string version)
    {
        NodeScript.Require();
        var question = new PeerQuestion(services.TrustedRoot, services.Bundle(entry, version), services.Artifact)
        {
            Identity = services.Identity,
            Issuer = services.Issuer,
        };
        Assert.Equal(new PeerVerdict(null, null), await peer.VerifyAsync(question, TestContext.Current.CancellationToken));
    }
}
