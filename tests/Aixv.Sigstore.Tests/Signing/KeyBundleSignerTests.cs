using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Signing;

public sealed class KeyBundleSignerTests
{
    private static readonly TrustedRoot Empty = TrustedRoot.Parse(
        """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray());

    private static readonly ArtifactDigests Artifact = ArtifactDigests.Of("the model"u8.ToArray());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static byte[] Statement(Digest subject) => Encoding.UTF8.GetBytes(
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"m","digest":{"sha256":"{{{subject.Hex}}}"}}],"predicateType":"https://example.com/p","predicate":{}}""");

    private static VerificationResult Verify(Bundle bundle, ArtifactDigests artifact, PublicKey key) =>
        new Verifier(Empty).Verify(bundle.ToJson(), artifact, new VerificationPolicy { Signer = SignerPolicy.Key(key) });

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP521)]
    [InlineData(KeyAlgorithm.Rsa)]
    [InlineData(KeyAlgorithm.Ed25519)]
    public async Task Artifacts_and_statements_signed_by_any_kind_of_key_verify_and_others_do_not(KeyAlgorithm algorithm)
    {
        using var key = TestKeys.Of(algorithm);
        using var stranger = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var signer = new KeyBundleSigner(key);
        Bundle[] bundles = [await signer.SignArtifactAsync(Artifact, Cancel), await signer.SignStatementAsync(Statement(Artifact.Sha256), cancellationToken: Cancel)];
        foreach (var bundle in bundles)
        {
            Assert.IsType<Verified>(Verify(bundle, Artifact, key.PublicKey));
            Assert.IsType<Rejected>(Verify(bundle, ArtifactDigests.Of("another"u8.ToArray()), key.PublicKey));
            Assert.IsType<Rejected>(Verify(bundle, Artifact, stranger.PublicKey));
            Assert.Equal(Convert.ToBase64String(key.PublicKey.SpkiSha256()), bundle.KeyHint);
            Assert.Equal(BundleVersion.V03, bundle.Version);
        }
    }

    [Fact]
    public async Task The_payload_is_the_statement_to_the_byte()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var statement = Statement(Artifact.Sha256);
        var bundle = await new KeyBundleSigner(key).SignStatementAsync(statement, Artifact, Cancel);
        Assert.Equal(statement, Assert.IsType<SignedEnvelope>(bundle.Content).Envelope.Payload.ToArray());
    }

    [Fact]
    public async Task A_statement_about_something_else_is_not_signed()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        await Assert.ThrowsAsync<FormatException>(
            () => new KeyBundleSigner(key).SignStatementAsync(Statement(Digest.Of("x"u8)), Artifact, Cancel));
        await Assert.ThrowsAsync<FormatException>(() => new KeyBundleSigner(key).SignStatementAsync("{}"u8.ToArray(), null, Cancel));
    }

    [Fact]
    public async Task A_digest_that_the_key_does_not_sign_is_a_bug_of_the_caller()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP384);
        var e = await Assert.ThrowsAsync<ArgumentException>(() => new KeyBundleSigner(key).SignArtifactAsync(new ArtifactDigests(Artifact.Sha256), Cancel));
        Assert.Contains("SHA384", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_hold_the_signature_is_told_before_anything_is_sent()
    {
        using var http = ServiceTransport.CreateHttpClient();
        using var service = FakeService.Answering(FakeAnswer.HangUp);
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var services = new SigningServices { Logs = [new SigningService(service.Url, 2, null, null, "")], TimestampAuthorities = [new SigningService(service.Url, 1, null, null, "")] };
        var signer = new KeyBundleSigner(key, services, Empty, new ServiceTransport(http, new ManualClock()));
        var e = await Assert.ThrowsAsync<SigningException>(() => signer.SignArtifactAsync(Artifact, Cancel));
        Assert.Contains("Ed25519 signs none", e.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }
}
