using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests.Hosting;

public sealed class HostileInputTests
{
    private const int Mutants = 150;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>The same bytes with one changed, cut or doubled part; always the same for one seed.</summary>
    private static byte[] Mutate(byte[] good, int seed)
    {
        var entropy = SHA256.HashData(BitConverter.GetBytes(seed));
        var at = (int)(BitConverter.ToUInt32(entropy) % (uint)good.Length);
        var mutant = good.ToArray();
        switch (entropy[4] % 4)
        {
            case 0:
                mutant[at] ^= (byte)(entropy[5] | 1);
                return mutant;
            case 1:
                return mutant[..at];
            case 2:
                return [.. mutant[..at], .. mutant[(at / 2)..]];
            default:
                mutant[at] = entropy[5];
                return [.. mutant, .. entropy];
        }
    }

    [Fact]
    public async Task No_mutant_of_a_good_request_is_a_server_error()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        var token = await authority.MachineTokenAsync();
        var digest = SHA256.HashData("weights"u8);
        foreach (var (path, type, good) in new (string, string, byte[])[]
        {
            ("/api/v2/signingCert", "application/json", Bytes(Keyless.CertificateRequest(key, Keyless.SubjectOf(token), token))),
            ("/api/v2/log/entries", "application/json", Bytes(Keyless.HashedRekord(digest, key.SignDigest(digest, SignatureScheme.EcdsaSha256), Keyless.Verifier(key.PublicKey)))),
            ("/api/v1/timestamp", "application/timestamp-query", Rfc3161TimestampRequest.CreateFromHash(digest, HashAlgorithmName.SHA256, nonce: digest).Encode()),
            ("/api/v1/timestamp", "application/json", Bytes(new JsonObject { ["artifactHash"] = Convert.ToBase64String(digest), ["hashAlgorithm"] = "sha256", ["nonce"] = 7 })),
            ("/oidc/token", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("grant_type=authorization_code&client_id=sigstore&code=x&code_verifier=%41%42")),
            ("/oidc/device/code", "application/x-www-form-urlencoded", Encoding.ASCII.GetBytes("client_id=sigstore&scope=openid+email&nonce=%41%42")),
        })
        {
            for (var seed = 0; seed < Mutants; seed++)
            {
                using var content = new ByteArrayContent(Mutate(good, seed)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
                using var response = await authority.Http.PostAsync(path, content, Cancel);
                Assert.True((int)response.StatusCode < 500, $"{path}, mutant {seed}: {response.StatusCode}");
            }
        }
    }

    private static byte[] Bytes(JsonNode json) => Encoding.UTF8.GetBytes(json.ToJsonString());

    [Fact]
    public async Task A_body_without_a_length_is_bounded_too()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/timestamp") { Content = new StreamContent(new MemoryStream(new byte[1 << 20])) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        using var response = await authority.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/nowhere", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/timestamp", HttpStatusCode.MethodNotAllowed)]
    [InlineData("DELETE", "/api/v2/checkpoint", HttpStatusCode.MethodNotAllowed)]
    public async Task Unknown_addresses_and_methods_are_refused_in_JSON(string method, string path, HttpStatusCode status)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var response = await authority.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Cancel);
        Assert.Equal(status, response.StatusCode);
        Assert.NotEmpty((await TestAuthority.JsonAsync(response))["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deeply_nested_JSON_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var content = new StringContent(new string('[', 10_000), Encoding.UTF8, "application/json");
        using var response = await authority.Http.PostAsync("/api/v2/log/entries", content, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
