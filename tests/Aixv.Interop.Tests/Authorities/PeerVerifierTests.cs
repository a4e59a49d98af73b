using System.Text;
using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Interop.Tests.Authorities;

/// <summary><c>@sigstore/verify</c> on bundles that our signer made with our Authority.</summary>
public sealed class PeerVerifierTests(RunningAuthority authority, PeerVerifier peer) : IClassFixture<RunningAuthority>, IClassFixture<PeerVerifier>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<PeerQuestion> QuestionAsync(bool attest) =>
        new(authority.Server.TrustedRoot, await authority.SignAsync(attest, Cancel), authority.Artifact) { Identity = authority.Identity, Issuer = authority.Url };

    [Fact]
    public async Task A_signature_is_accepted() =>
        Assert.Equal(new PeerVerdict(null, null), await peer.VerifyAsync(await QuestionAsync(attest: false), Cancel));

    /// <summary>Version 3 compares the digest in the log with that of the payload, but Rekor v2 holds that of the encoded envelope.</summary>
    [Fact]
    public async Task An_attestation_is_accepted_by_version_4()
    {
        var verdict = await peer.VerifyAsync(await QuestionAsync(attest: true), Cancel);
        Assert.Null(verdict.Fourth);
        Assert.Equal("TLOG_BODY_ERROR: digest mismatch", verdict.Third);
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    public async Task A_signature_by_a_managed_key_is_accepted_and_by_another_key_refused(KeyAlgorithm algorithm)
    {
        using var key = SigningKey.Generate(algorithm);
        using var other = SigningKey.Generate(algorithm);
        var question = new PeerQuestion(authority.Server.TrustedRoot, await authority.SignAsync(key, Cancel), authority.Artifact)
        {
            Key = key.PublicKey.Spki.ToArray(),
        };
        Assert.Equal(new PeerVerdict(null, null), await peer.VerifyAsync(question, Cancel));
        Assert.NotNull((await peer.VerifyAsync(question with { Key = other.PublicKey.Spki.ToArray() }, Cancel)).Fourth);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_copy_with_one_value_changed_is_refused(bool attest)
    {
        var question = await QuestionAsync(attest);
        var copies = Tampering.Each(question.Bundle).ToList();
        Assert.InRange(copies.Count, 7, 20);
        foreach (var (path, tampered) in copies)
        {
            Assert.True(authority.Verify(tampered, authority.Artifact) is Rejected, path);
            var theirs = await peer.VerifyAsync(question with { Bundle = tampered }, Cancel);
            Assert.True(theirs.Fourth is not null || NotRead(path), $"{path} was changed, and version 4 accepts");
        }
    }

    /// <summary>What the peer does not compare: copies of what the checkpoint says, and the log's index outside the proof.</summary>
    private static bool NotRead(string path) =>
        path.EndsWith(".rootHash", StringComparison.Ordinal)
        || path.EndsWith("tlogEntries[0].logIndex", StringComparison.Ordinal)
        || path.EndsWith(".logId.keyId", StringComparison.Ordinal);

    [Fact]
    public async Task Another_identity_issuer_or_file_is_refused()
    {
        var question = await QuestionAsync(attest: false);
        Assert.NotNull((await peer.VerifyAsync(question with { Identity = authority.Identity + "s" }, Cancel)).Fourth);
        Assert.NotNull((await peer.VerifyAsync(question with { Issuer = "https://issuer.example" }, Cancel)).Fourth);
        Assert.NotNull((await peer.VerifyAsync(question with { Artifact = Encoding.UTF8.GetBytes("another file") }, Cancel)).Fourth);
    }
}
