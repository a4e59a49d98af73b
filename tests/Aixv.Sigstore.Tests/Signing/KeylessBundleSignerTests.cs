using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Oidc;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;
using Aixv.Sigstore.Trust;

namespace Aixv.Sigstore.Tests.Signing;

/// <summary>What fails before a service is asked, and that a failing one stops everything. Success is tested against the Authority.</summary>
public sealed class KeylessBundleSignerTests : IDisposable
{
    private static readonly TrustedRoot Empty = TrustedRoot.Parse(
        """{"mediaType":"application/vnd.dev.sigstore.trustedroot+json;version=0.1"}"""u8.ToArray());

    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly ManualClock clock = new(TestTokens.Now);
    private readonly FakeService service = FakeService.Answering(FakeAnswer.Json("""{"message":"no"}""", 403));

    public void Dispose()
    {
        http.Dispose();
        service.Dispose();
    }

    private SigningService At(int version) => new(service.Url, version, null, null, "");

    private SigningServices Complete => new() { CertificateAuthority = service.Url, Logs = [At(2)], TimestampAuthorities = [At(1)] };

    private async Task<string> RefusalAsync(SigningServices services, JsonObject? claims = null)
    {
        var token = IdentityToken.Parse((claims ?? TestTokens.Claims()).Encode());
        var signer = new KeylessBundleSigner(services, token, Empty, new ServiceTransport(http, clock), clock);
        var e = await Assert.ThrowsAsync<SigningException>(
            () => signer.SignArtifactAsync(ArtifactDigests.Of("x"u8.ToArray()), TestContext.Current.CancellationToken));
        return e.Message;
    }

    [Fact]
    public async Task Without_an_authority_nothing_is_sent()
    {
        Assert.Contains("no certificate authority", await RefusalAsync(Complete with { CertificateAuthority = null }), StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Without_a_log_nothing_is_sent()
    {
        Assert.Contains("no transparency log", await RefusalAsync(Complete with { Logs = [] }), StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Rekor_v2_without_a_timestamp_authority_is_refused_before_anything_is_sent()
    {
        Assert.Contains("no timestamp authority", await RefusalAsync(Complete with { TimestampAuthorities = [] }), StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Rekor_v1_needs_none_so_the_certificate_is_asked_for()
    {
        Assert.Contains("Fulcio", await RefusalAsync(Complete with { TimestampAuthorities = [], Logs = [At(1)] }), StringComparison.Ordinal);
        Assert.Equal("/api/v2/signingCert", Assert.Single(service.Requests).Target);
    }

    [Fact]
    public async Task An_expired_token_or_one_for_others_is_not_sent()
    {
        Assert.Contains("it expired at", await RefusalAsync(Complete, TestTokens.Claims().With("exp", TestTokens.Now.ToUnixTimeSeconds())), StringComparison.Ordinal);
        Assert.Contains("audience 'other'", await RefusalAsync(Complete, TestTokens.Claims().With("aud", "other")), StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task A_refused_certificate_ends_it()
    {
        Assert.Contains("HTTP 403: no", await RefusalAsync(Complete), StringComparison.Ordinal);
        Assert.Single(service.Requests);
    }
}
