using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Bundles;
using Aixv.Sigstore.Certificates;
using Aixv.Sigstore.Cose;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests.Signing;

/// <summary>The signers against a running Authority: token, certificate, timestamp, log entry, bundle, verification.</summary>
public sealed class SignerEndToEndTests(SharedAuthority shared) : IClassFixture<SharedAuthority>, IDisposable
{
    private static readonly RetryPolicy Once = RetryPolicy.Default with { Attempts = 1 };
    private static readonly ArtifactDigests Artifact = ArtifactDigests.Of("a model's weights"u8.ToArray());
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly TestAuthority authority = shared.Authority;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ServiceTransport Transport => new(http, TimeProvider.System, Once);

    private TrustedRoot Root => TrustedRoot.Parse(ClientTrustConfig.Parse(authority.Server.ClientTrustConfig).TrustedRoot);

    private SigningServices Services => SigningServices.Select(
        SigningConfig.Parse(ClientTrustConfig.Parse(authority.Server.ClientTrustConfig).SigningConfig), TimeProvider.System.GetUtcNow());

    public void Dispose() => http.Dispose();

    /// <summary>A fresh key; RSA with 2048 bits, for larger ones take seconds to make.</summary>
    private static SigningKey NewKey(KeyAlgorithm algorithm)
    {
        if (algorithm != KeyAlgorithm.Rsa)
        {
            return SigningKey.Generate(algorithm);
        }

        using var rsa = RSA.Create(2048);
        return SigningKey.FromPkcs8(rsa.ExportPkcs8PrivateKey());
    }

    private async Task<KeylessBundleSigner> SignerAsync(TrustedRoot? root = null, SigningServices? services = null) =>
        new(services ?? Services, IdentityToken.Parse(await authority.MachineTokenAsync()), root ?? Root, Transport, TimeProvider.System);

    private static byte[] Statement(Digest subject) => Encoding.UTF8.GetBytes(
        $$$"""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"m","digest":{"sha256":"{{{subject.Hex}}}"}}],"predicateType":"https://example.com/p","predicate":{}}""");

    private VerificationResult Verify(Bundle bundle, SignerPolicy policy, ArtifactDigests? artifact = null) =>
        new Verifier(Root).Verify(bundle.ToJson(), artifact ?? Artifact, new VerificationPolicy { Signer = policy });

    [Fact]
    public async Task A_machine_signs_an_artifact_and_nobody_can_swap_it()
    {
        var bundle = await (await SignerAsync()).SignArtifactAsync(Artifact, Cancel);
        var verified = Assert.IsType<Verified>(Verify(bundle, SignerPolicy.AllowAnyIdentityUnsafe));
        var signer = Assert.IsType<CertificateSigner>(verified.Signer);
        Assert.Equal(authority.Server.Url.AbsoluteUri.TrimEnd('/'), signer.Issuer);
        Assert.Single(verified.LogEntries);
        Assert.Equal(TimeSource.TimestampAuthority, Assert.Single(verified.Times).Source);
        Assert.Equal("hashedrekord 0.0.2", verified.LogEntries[0].Kind);
        Assert.IsType<Rejected>(Verify(bundle, SignerPolicy.AllowAnyIdentityUnsafe, ArtifactDigests.Of("another"u8.ToArray())));
        Assert.IsType<Rejected>(Verify(bundle, SignerPolicy.Certificate([TextPattern.Exact("somebody@else.example")], [])));
    }

    /// <summary>What a document is signed with that is no bundle: certificates up to the root, and a time for the signature.</summary>
    [Fact]
    public async Task A_key_for_documents_comes_with_its_chain_and_timestamps()
    {
        using var credential = await (await SignerAsync()).OpenDocumentKeyAsync(Cancel);
        var chain = credential.Certificates.Select(der => Certificate.Parse(der)).ToList();
        Assert.Equal(credential.Key.PublicKey.Spki.ToArray(), chain[0].Spki.ToArray());
        Assert.True(chain.Count >= 2, "the leaf alone leads nowhere");
        Assert.True(chain[0].IsSignedBy(chain[1].PublicKey));
        Assert.DoesNotContain(chain, certificate => certificate.IsSelfIssued);

        var message = CoseSign1.Sign(credential.Key, CoseHeaders.Empty, CoseHeaders.Empty, "payload"u8.ToArray());
        var token = await credential.TimestampAsync(message.ToTimestampInput(), Cancel);
        Assert.True(Rfc3161TimestampToken.TryDecode(token, out var read, out var length));
        Assert.Equal(token.Length, length);
        Assert.Equal(SHA256.HashData(message.ToTimestampInput()), read.TokenInfo.GetMessageHash().ToArray());
        Assert.True(CoseSign1.Parse(message.WithTimestamp(token).ToBytes()).TryVerify(chain[0].PublicKey, out _));
    }

    [Fact]
    public async Task A_timestamp_that_the_trusted_root_does_not_know_is_not_given_out()
    {
        var stranger = TrustedRoot.Parse("""{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray());
        using var credential = await (await SignerAsync(root: stranger)).OpenDocumentKeyAsync(Cancel);
        await Assert.ThrowsAsync<SigningException>(() => credential.TimestampAsync("x"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task A_person_signs_with_the_address_of_the_account()
    {
        var token = IdentityToken.Parse(authority.Server.IssueToken(authority.Accounts.UserName));
        var bundle = await new KeylessBundleSigner(Services, token, Root, Transport, TimeProvider.System).SignArtifactAsync(Artifact, Cancel);
        Assert.IsType<Verified>(Verify(bundle, SignerPolicy.Certificate([TextPattern.Exact(authority.Accounts.UserEmail)], [TextPattern.Exact(token.Issuer)])));
    }

    [Fact]
    public async Task A_statement_is_signed_to_the_byte_and_entered_by_its_digest()
    {
        var statement = Statement(Artifact.Sha256);
        var bundle = await (await SignerAsync()).SignStatementAsync(statement, Artifact, Cancel);
        var verified = Assert.IsType<Verified>(Verify(bundle, SignerPolicy.AllowAnyIdentityUnsafe));
        Assert.Equal(statement, verified.Statement?.ToArray());
        Assert.Equal("hashedrekord 0.0.2", verified.LogEntries[0].Kind);
    }

    [Fact]
    public async Task Many_sign_at_once()
    {
        var signer = await SignerAsync();
        var artifacts = Enumerable.Range(0, 8).Select(i => ArtifactDigests.Of(Encoding.UTF8.GetBytes($"artifact {i}"))).ToList();
        var bundles = await Task.WhenAll(artifacts.Select(a => signer.SignArtifactAsync(a, Cancel)));
        Assert.All(artifacts.Zip(bundles), pair => Assert.IsType<Verified>(Verify(pair.Second, SignerPolicy.AllowAnyIdentityUnsafe, pair.First)));
        Assert.Equal(8, bundles.Select(b => b.LogEntries[0].LogIndex).Distinct().Count());
    }

    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP521)]
    [InlineData(KeyAlgorithm.Rsa)]
    public async Task A_managed_key_signs_with_log_and_timestamp(KeyAlgorithm algorithm)
    {
        using var key = NewKey(algorithm);
        var signer = new KeyBundleSigner(key, Services, Root, Transport);
        Bundle[] bundles = [await signer.SignArtifactAsync(Artifact, Cancel), await signer.SignStatementAsync(Statement(Artifact.Sha256), Artifact, Cancel)];
        Assert.All(bundles, bundle => Assert.Single(Assert.IsType<Verified>(Verify(bundle, SignerPolicy.Key(key.PublicKey))).LogEntries));
    }

    [Fact]
    public async Task The_log_takes_no_pure_Ed25519()
    {
        using var key = SigningKey.Generate(KeyAlgorithm.Ed25519);
        var signer = new KeyBundleSigner(key, Services, Root, Transport);
        var e = await Assert.ThrowsAsync<SigningException>(() => signer.SignArtifactAsync(Artifact, Cancel));
        Assert.Contains("Ed25519", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_that_is_in_the_log_already_gets_the_entry_that_is_there()
    {
        using var key = NewKey(KeyAlgorithm.Rsa);
        var signer = new KeyBundleSigner(key, Services, Root, Transport);
        var first = await signer.SignArtifactAsync(Artifact, Cancel);
        await signer.SignArtifactAsync(ArtifactDigests.Of("something in between"u8.ToArray()), Cancel);
        var again = await signer.SignArtifactAsync(Artifact, Cancel);
        Assert.Equal(first.LogEntries[0].LogIndex, again.LogEntries[0].LogIndex);
        Assert.Equal(first.LogEntries[0].CanonicalizedBody.ToArray(), again.LogEntries[0].CanonicalizedBody.ToArray());
        Assert.True(again.LogEntries[0].Inclusion?.TreeSize > first.LogEntries[0].Inclusion?.TreeSize, "the proof is up to a later checkpoint");
        Assert.Single(Assert.IsType<Verified>(Verify(again, SignerPolicy.Key(key.PublicKey))).LogEntries);
    }

    [Fact]
    public async Task Lost_answers_are_asked_for_again_and_the_entry_is_not_made_twice()
    {
        using var network = new LosingHandler();
        using var client = new HttpClient(network);
        var transport = new ServiceTransport(client, TimeProvider.System, RetryPolicy.Default with { FirstDelay = TimeSpan.FromMilliseconds(1) });
        var token = IdentityToken.Parse(await authority.MachineTokenAsync());
        var bundle = await new KeylessBundleSigner(Services, token, Root, transport, TimeProvider.System).SignArtifactAsync(Artifact, Cancel);
        Assert.IsType<Verified>(Verify(bundle, SignerPolicy.AllowAnyIdentityUnsafe));
        Assert.True(network.Lost >= 3, "Fulcio, the timestamp authority and Rekor");
    }

    [Fact]
    public async Task A_result_that_the_trusted_root_does_not_cover_is_not_given_out()
    {
        await using var other = await TestAuthority.StartFreshAsync();
        var signer = await SignerAsync(TrustedRoot.Parse(other.Server.TrustedRoot));
        var e = await Assert.ThrowsAsync<SigningException>(() => signer.SignArtifactAsync(Artifact, Cancel));
        Assert.Contains("does not verify", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_away_is_the_worlds_failure()
    {
        var nowhere = new SigningService(new Uri("http://127.0.0.1:9/"), 2, null, null, "");
        var signer = await SignerAsync(services: Services with { Logs = [nowhere] });
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => signer.SignArtifactAsync(Artifact, Cancel));
        Assert.Contains("Rekor at http://127.0.0.1:9/api/v2/log/entries cannot be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forged_token_is_refused_in_the_authoritys_words()
    {
        var parts = (await authority.MachineTokenAsync()).Split('.');
        var signature = parts[2].ToCharArray();
        signature[5] = signature[5] == 'A' ? 'B' : 'A';
        var forged = IdentityToken.Parse($"{parts[0]}.{parts[1]}.{new string(signature)}");
        var signer = new KeylessBundleSigner(Services, forged, Root, Transport, TimeProvider.System);
        var e = await Assert.ThrowsAsync<SigningException>(() => signer.SignArtifactAsync(Artifact, Cancel));
        Assert.StartsWith("Fulcio at ", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(forged.Encoded, e.ToString(), StringComparison.Ordinal);
    }
}
