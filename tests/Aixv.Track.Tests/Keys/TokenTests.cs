using System.Security.Cryptography;
using Aixv.Track.Keys;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Track.Tests.Keys;

public sealed class TokenTests : IAsyncLifetime
{
    private readonly ECDsaSecurityKey key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "k1" };
    private WebApplication issuer = null!;
    private string address = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        issuer = builder.Build();
        var jwk = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(key);
        issuer.MapGet("/.well-known/openid-configuration", (RequestDelegate)(c => c.Response.WriteAsync($$"""{"issuer":"{{address}}","jwks_uri":"{{address}}/keys"}""", Cancel)));
        issuer.MapGet("/keys", (RequestDelegate)(c => c.Response.WriteAsync(
            $$"""{"keys":[{"kty":"EC","crv":"P-256","kid":"k1","x":"{{jwk.X}}","y":"{{jwk.Y}}"}]}""", Cancel)));
        await issuer.StartAsync(Cancel);
        address = issuer.Urls.First();
    }

    public async ValueTask DisposeAsync()
    {
        await issuer.DisposeAsync();
        key.ECDsa.Dispose();
    }

    private string Token(Action<Dictionary<string, object>>? change = null, SecurityKey? by = null, string algorithm = SecurityAlgorithms.EcdsaSha256)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = address, ["aud"] = "track", ["sub"] = "ci", ["org"] = "default", ["scope"] = "keys:read models:write",
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        change?.Invoke(claims);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims, SigningCredentials = new SigningCredentials(by ?? key, algorithm),
        });
    }

    private static async Task<int> TryAsync(TestTrack track, string token, string path = "/v1/api-keys")
    {
        using var response = await track.SendAsync(HttpMethod.Get, path, null, "", ("Authorization", $"Bearer {token}"));
        Assert.DoesNotContain(token.Split('.')[1], await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        return (int)response.StatusCode;
    }

    private Task<TestTrack> StartAsync() => TestTrack.StartAsync(
        change: o => o with { Issuers = [new TokenIssuer { Issuer = address, Audience = "track", TenantClaim = "org" }] });

    [Fact]
    public async Task A_token_of_a_configured_issuer_is_as_good_as_a_key()
    {
        await using var track = await StartAsync();
        Assert.Equal(200, await TryAsync(track, Token()));
        Assert.Equal(403, await TryAsync(track, Token(), "/v1/audit/events"));
        Assert.Equal(200, await TryAsync(track, Token(c => c["scope"] = new[] { "audit:read" }), "/v1/audit/events"));
    }

    [Fact]
    public async Task A_token_that_is_not_good_is_refused()
    {
        await using var track = await StartAsync();
        using var otherEc = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var past = TimeProvider.System.GetUtcNow().AddMinutes(-5).ToUnixTimeSeconds();
        Assert.Equal(401, await TryAsync(track, Token(by: new ECDsaSecurityKey(otherEc) { KeyId = "k1" })));
        Assert.Equal(401, await TryAsync(track, Token(by: new ECDsaSecurityKey(otherEc) { KeyId = "k2" })));
        Assert.Equal(401, await TryAsync(track, Token(c => c["exp"] = past)));
        Assert.Equal(401, await TryAsync(track, Token(c => c.Remove("exp"))));
        Assert.Equal(401, await TryAsync(track, Token(c => c["aud"] = "sigstore")));
        Assert.Equal(401, await TryAsync(track, Token(c => c["iss"] = "https://elsewhere.example")));
        Assert.Equal(401, await TryAsync(track, Token(c => c.Remove("org"))));
        Assert.Equal(401, await TryAsync(track, Token(c => c.Remove("sub"))));
        Assert.Equal(403, await TryAsync(track, Token(c => c["org"] = "nobody")));
        Assert.Equal(403, await TryAsync(track, Token(c => c["org"] = "system")));
        Assert.Equal(403, await TryAsync(track, Token(c => c["scope"] = "operator")));
        var shared = new SymmetricSecurityKey(key.ECDsa.ExportSubjectPublicKeyInfo()) { KeyId = "k1" };
        Assert.Equal(401, await TryAsync(track, Token(by: shared, algorithm: SecurityAlgorithms.HmacSha256)));
        Assert.Equal(401, await TryAsync(track, "a.b.c"));
    }
}
