using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Fulcio;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Oidc;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;
using Aixv.Transparency.Keys;

namespace Aixv.Sigstore.Tests.Fulcio;

public sealed class FulcioClientTests : IDisposable
{
    private static readonly string Pem = PemEncoding.WriteString("CERTIFICATE", [0x30, 0x00]);
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);

    public void Dispose()
    {
        http.Dispose();
        key.Dispose();
    }

    private async Task<int> RequestAsync(FakeService fulcio, JsonObject? claims = null) =>
        (await new FulcioClient(new ServiceTransport(http, new ManualClock()), fulcio.Url)
            .RequestCertificateAsync(key, IdentityToken.Parse((claims ?? TestTokens.Claims()).Encode()), TestContext.Current.CancellationToken)).Length;

    private static string Chain(params string[] pems) => new JsonObject
    {
        ["signedCertificateEmbeddedSct"] = new JsonObject { ["chain"] = new JsonObject { ["certificates"] = new JsonArray([.. pems.Select(p => (JsonNode)p)]) } },
    }.ToJsonString();

    [Theory]
    [InlineData(200)]
    [InlineData(201)]
    public async Task The_key_the_token_and_the_proof_are_sent_and_the_chain_comes_back(int status)
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json(Chain(Pem, Pem), status));
        Assert.Equal(2, await RequestAsync(fulcio, TestTokens.Claims().With("email", "a@example.com").With("email_verified", true)));
        var request = Assert.Single(fulcio.Requests);
        Assert.Equal("POST /api/v2/signingCert", $"{request.Method} {request.Target}");
        var sent = request.Json["publicKeyRequest"]!;
        Assert.Equal("ECDSA", (string?)sent["publicKey"]!["algorithm"]);
        Assert.Equal(key.PublicKey, PublicKey.FromPem((string)sent["publicKey"]!["content"]!));
        var proof = Convert.FromBase64String((string)sent["proofOfPossession"]!);
        Assert.True(key.PublicKey.Verify(Encoding.UTF8.GetBytes("a@example.com"), proof, SignatureScheme.EcdsaSha256));
        Assert.Equal("user-1", IdentityToken.Parse((string)request.Json["credentials"]!["oidcIdentityToken"]!).Subject);
    }

    [Fact]
    public async Task A_server_error_is_tried_again()
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json("{}", 500), FakeAnswer.Json(Chain(Pem), 201));
        Assert.Equal(1, await RequestAsync(fulcio));
    }

    [Fact]
    public async Task A_refusal_carries_status_and_words_and_no_token()
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json("""{"code":16,"message":"There was an error processing the identity token"}""", 401));
        var e = await Assert.ThrowsAsync<SigningException>(() => RequestAsync(fulcio));
        Assert.Contains("HTTP 401: There was an error processing the identity token", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(TestTokens.Claims().Encode(), e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unverified_address_is_refused_before_anything_is_sent()
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json(Chain(Pem)));
        await Assert.ThrowsAsync<SigningException>(() => RequestAsync(fulcio, TestTokens.Claims().With("email", "a@example.com").With("email_verified", false)));
        Assert.Empty(fulcio.Requests);
    }

    [Fact]
    public async Task A_detached_sct_is_refused_with_the_reason()
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json("""{"signedCertificateDetachedSct":{"chain":{"certificates":[]},"signedCertificateTimestamp":"AA=="}}"""));
        var e = await Assert.ThrowsAsync<SigningException>(() => RequestAsync(fulcio));
        Assert.Contains("detached SCT", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"signedCertificateEmbeddedSct":{}}""")]
    [InlineData("""{"signedCertificateEmbeddedSct":{"chain":{"certificates":[]}}}""")]
    [InlineData("""{"signedCertificateEmbeddedSct":{"chain":{"certificates":["MAA="]}}}""")]
    [InlineData("""{"signedCertificateEmbeddedSct":{"chain":{"certificates":[5]}}}""")]
    public async Task Nonsense_is_the_worlds_failure(string answer)
    {
        using var fulcio = FakeService.Answering(FakeAnswer.Json(answer));
        await Assert.ThrowsAsync<HttpRequestException>(() => RequestAsync(fulcio));
    }

    [Fact]
    public async Task A_huge_answer_is_not_read()
    {
        using var fulcio = FakeService.Answering(new FakeAnswer(200, new byte[2_000_000]));
        await Assert.ThrowsAsync<HttpRequestException>(() => RequestAsync(fulcio));
    }
}
