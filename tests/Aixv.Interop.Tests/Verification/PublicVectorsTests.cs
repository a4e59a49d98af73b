using System.Text;
using System.Text.Json.Nodes;
using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Tests;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Interop.Tests.Verification;

/// <summary>Our verdict on public bundles beside that of <c>@sigstore/verify</c>; docs/interoperability.md lists where they differ.</summary>
public sealed class PublicVectorsTests(PeerVerifier peer) : IClassFixture<PeerVerifier>
{
    /// <summary>Accepted by us and by version 4, refused by version 3, which takes the digest in the log for that of the payload.</summary>
    private const string EnvelopeInRekor2 = "rekor2-dsse-happy-path";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases => [.. Vectors.All];

    public static TheoryData<string> Accepted => [.. Vectors.All.Where(n => !n.EndsWith("_fail", StringComparison.Ordinal))];

    private static PeerQuestion Question(Vectors vector)
    {
        var key = vector.KeyPem is { } pem ? PublicKey.FromPem(pem).Spki.ToArray() : null;
        return new PeerQuestion(vector.TrustedRootJson, vector.Bundle, vector.Artifact)
        {
            Identity = key is null ? vector.Identity : null,
            Issuer = key is null ? vector.Issuer : null,
            Key = key,
        };
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Both_say_the_same(string name)
    {
        var vector = new Vectors(name);
        var theirs = await peer.VerifyAsync(Question(vector), Cancel);
        var ours = vector.Verify() is Verified;
        Assert.True(ours == theirs.Fourth is null, $"we {(ours ? "accept" : "refuse")}, version 4 says {theirs.Fourth ?? "yes"}");
        Assert.True((ours && name != EnvelopeInRekor2) == theirs.Third is null, $"we {(ours ? "accept" : "refuse")}, version 3 says {theirs.Third ?? "yes"}");
    }

    [Theory, MemberData(nameof(Accepted))]
    public void A_copy_with_one_value_changed_is_refused(string name)
    {
        var vector = new Vectors(name);
        var verifier = new Verifier(vector.TrustedRoot);
        foreach (var (path, tampered) in Tampering.Each(vector.Bundle))
        {
            var result = verifier.Verify(tampered, ArtifactDigests.Of(vector.Artifact), vector.Policy);
            Assert.True(result is Rejected, $"{path} was changed and the bundle accepted");
        }
    }

    [Fact]
    public async Task An_attestation_of_another_file_is_refused_by_us_and_accepted_by_the_peer()
    {
        var vector = new Vectors("rekor2-dsse-happy-path");
        var other = Encoding.UTF8.GetBytes("another file");
        Assert.Null((await peer.VerifyAsync(Question(vector) with { Artifact = other }, Cancel)).Fourth);
        var ours = new Verifier(vector.TrustedRoot).Verify(vector.Bundle, ArtifactDigests.Of(other), vector.Policy);
        Assert.Equal(RejectionReason.SubjectMismatch, Assert.IsType<Rejected>(ours).Reason);
    }

    /// <summary>A key's validity without a beginning is malformed; the peer takes it for one without bounds.</summary>
    [Fact]
    public async Task A_trusted_root_without_a_beginning_is_refused_by_us_and_accepted_by_the_peer()
    {
        var vector = new Vectors("rekor2-happy-path");
        var root = JsonNode.Parse(vector.TrustedRootJson)!;
        foreach (var log in root["tlogs"]!.AsArray())
        {
            log!["publicKey"]!["validFor"]!.AsObject().Remove("start");
        }

        var json = Encoding.UTF8.GetBytes(root.ToJsonString());
        Assert.Null((await peer.VerifyAsync(Question(vector) with { TrustedRoot = json }, Cancel)).Fourth);
        Assert.False(IsAccepted(json, vector));
    }

    private static bool IsAccepted(byte[] trustedRoot, Vectors vector)
    {
        try
        {
            return new Verifier(TrustedRoot.Parse(trustedRoot)).Verify(vector.Bundle, ArtifactDigests.Of(vector.Artifact), vector.Policy) is Verified;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    [Fact]
    public async Task An_identity_that_merely_begins_as_asked_is_refused_by_us_and_accepted_by_the_peer()
    {
        var vector = new Vectors("happy-path-v0.3");
        var prefix = vector.Identity[..^1];
        Assert.Null((await peer.VerifyAsync(Question(vector) with { Identity = null, IdentityExpression = prefix }, Cancel)).Fourth);
        Assert.NotNull((await peer.VerifyAsync(Question(vector) with { Identity = prefix }, Cancel)).Fourth);
        foreach (var pattern in (TextPattern[])[TextPattern.Exact(prefix), TextPattern.Glob(prefix), TextPattern.Regex(prefix)])
        {
            var policy = new VerificationPolicy { Signer = SignerPolicy.Certificate([pattern], []) };
            var ours = new Verifier(vector.TrustedRoot).Verify(vector.Bundle, ArtifactDigests.Of(vector.Artifact), policy);
            Assert.Equal(RejectionReason.IdentityMismatch, Assert.IsType<Rejected>(ours).Reason);
        }
    }
}
