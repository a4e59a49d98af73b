using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Aixv.Authority.Tests.Identity;

public sealed class IdentityEndpointsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string error)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal(error, (await TestAuthority.JsonAsync(response))["error"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_token_is_verified_by_the_published_keys_found_by_discovery()
    {
        await using var authority = await TestAuthority.StartAsync();
        var discovery = JsonNode.Parse(await authority.Http.GetStringAsync("/.well-known/openid-configuration", Cancel))!;
        var keys = new JsonWebKeySet(await authority.Http.GetStringAsync(discovery["jwks_uri"]!.GetValue<string>(), Cancel));

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(await authority.MachineTokenAsync(), new TokenValidationParameters
        {
            ValidIssuer = discovery["issuer"]!.GetValue<string>(),
            ValidAudience = "sigstore",
            ValidAlgorithms = ["ES256"],
            IssuerSigningKeys = keys.GetSigningKeys(),
        });

        Assert.True(result.IsValid, result.Exception?.Message);
        Assert.Equal(authority.Server.Url.GetLeftPart(UriPartial.Authority), discovery["issuer"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_person_s_token_has_the_verified_address_and_a_machine_s_has_none()
    {
        await using var authority = await TestAuthority.StartAsync();
        var person = new JsonWebToken(authority.Server.IssueToken("admin"));
        var machine = new JsonWebToken(authority.Server.IssueToken("machine"));

        Assert.Equal("admin", person.Subject);
        Assert.Equal("admin@localhost", person.GetClaim("email").Value);
        Assert.Equal("true", person.GetClaim("email_verified").Value);
        Assert.Equal($"{machine.Issuer}/machines/machine", machine.Subject);
        Assert.False(machine.TryGetClaim("email", out _));
    }

    [Fact]
    public async Task A_machine_may_show_its_secret_in_a_header()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/oidc/token")
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]),
        };
        var secret = $"{authority.Accounts.MachineName}:{authority.Accounts.MachineSecret}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)));
        using var response = await authority.Http.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("no-store", response.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_secrets_users_as_machines_and_unknown_grants_are_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        var (machine, user) = (authority.Accounts.MachineName, authority.Accounts.UserName);
        foreach (var (grant, id, secret, status, error) in new (string, string, string, HttpStatusCode, string)[]
        {
            ("client_credentials", machine, "wrong", HttpStatusCode.Unauthorized, "invalid_client"),
            ("client_credentials", "nobody", "wrong", HttpStatusCode.Unauthorized, "invalid_client"),
            ("client_credentials", user, authority.Accounts.UserPassword, HttpStatusCode.Unauthorized, "invalid_client"),
            ("password", machine, authority.Accounts.MachineSecret, HttpStatusCode.BadRequest, "unsupported_grant_type"),
        })
        {
            using var response = await authority.PostFormAsync("/oidc/token", ("grant_type", grant), ("client_id", id), ("client_secret", secret));
            await AssertRefusedAsync(response, status, error);
        }
    }

    [Fact]
    public async Task Guessing_is_slowed_down_for_the_account_even_with_the_right_secret()
    {
        var time = new ManualTime();
        await using var authority = await TestAuthority.StartAsync(change: o => o with { Time = time });
        Task<HttpResponseMessage> Try(string secret) => authority.PostFormAsync(
            "/oidc/token", ("grant_type", "client_credentials"), ("client_id", authority.Accounts.MachineName), ("client_secret", secret));
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await Try("wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var limited = await Try(authority.Accounts.MachineSecret);
        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.NotNull(limited.Headers.RetryAfter);

        time.Advance(TimeSpan.FromMinutes(6));
        using var good = await Try(authority.Accounts.MachineSecret);
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
    }

    [Fact]
    public async Task Bodies_of_another_type_and_double_parameters_are_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var json = await authority.PostAsync("/oidc/token", new JsonObject());
        await AssertRefusedAsync(json, HttpStatusCode.BadRequest, "invalid_request");
        using var twice = await authority.PostFormAsync("/oidc/token", ("grant_type", "client_credentials"), ("grant_type", "client_credentials"));
        await AssertRefusedAsync(twice, HttpStatusCode.BadRequest, "invalid_request");
    }
}
