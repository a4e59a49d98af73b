using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Aixv.Authority.Tests.Identity;

public sealed class DeviceEndpointsTests
{
    private const string Person = "/oidc/device";
    private const string Grant = "urn:ietf:params:oauth:grant-type:device_code";

    private static async Task<JsonNode> StartAsync(TestAuthority authority)
    {
        using var response = await authority.PostFormAsync("/oidc/device/code", ("client_id", "sigstore"), ("scope", "openid email"), ("nonce", "n1"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TestAuthority.JsonAsync(response);
    }

    private static Task<HttpResponseMessage> PollAsync(TestAuthority authority, JsonNode started) => authority.PostFormAsync(
        "/oidc/token", ("grant_type", Grant), ("client_id", "sigstore"), ("device_code", started["device_code"]!.GetValue<string>()));

    private static async Task<HttpResponseMessage> DecideAsync(TestAuthority authority, string code, string decision, string? password = null)
    {
        using var browser = new Browser(authority);
        using var page = await browser.OpenAsync($"{Person}?user_code={code}");
        return await browser.SubmitAsync(
            page, Person, ("user_code", code), ("user", "admin"), ("password", password ?? authority.Accounts.UserPassword), ("decision", decision));
    }

    [Fact]
    public async Task A_device_gets_a_token_once_a_person_has_signed_in()
    {
        var time = new ManualTime();
        await using var authority = await TestAuthority.StartAsync(change: o => o with { Time = time });
        var started = await StartAsync(authority);
        using (var early = await PollAsync(authority, started))
        {
            await IdentityEndpointsTests.AssertRefusedAsync(early, HttpStatusCode.BadRequest, "authorization_pending");
        }

        using (var hasty = await PollAsync(authority, started))
        {
            await IdentityEndpointsTests.AssertRefusedAsync(hasty, HttpStatusCode.BadRequest, "slow_down");
        }

        using var decided = await DecideAsync(authority, started["user_code"]!.GetValue<string>().ToLowerInvariant(), "allow");
        Assert.Equal(HttpStatusCode.OK, decided.StatusCode);
        time.Advance(TimeSpan.FromSeconds(5));

        using var response = await PollAsync(authority, started);
        var token = new JsonWebToken((await TestAuthority.JsonAsync(response))["id_token"]!.GetValue<string>());
        Assert.Equal("admin@localhost", token.GetClaim("email").Value);
        Assert.Equal("n1", token.GetClaim("nonce").Value);

        using var again = await PollAsync(authority, started);
        await IdentityEndpointsTests.AssertRefusedAsync(again, HttpStatusCode.BadRequest, "expired_token");
    }

    [Fact]
    public async Task A_person_may_refuse()
    {
        await using var authority = await TestAuthority.StartAsync();
        var started = await StartAsync(authority);
        using var decided = await DecideAsync(authority, started["user_code"]!.GetValue<string>(), "deny");
        using var response = await PollAsync(authority, started);
        await IdentityEndpointsTests.AssertRefusedAsync(response, HttpStatusCode.BadRequest, "access_denied");
    }

    [Fact]
    public async Task Without_the_password_a_code_decides_nothing()
    {
        await using var authority = await TestAuthority.StartAsync();
        var started = await StartAsync(authority);
        using var decided = await DecideAsync(authority, started["user_code"]!.GetValue<string>(), "allow", password: "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, decided.StatusCode);
        using var response = await PollAsync(authority, started);
        await IdentityEndpointsTests.AssertRefusedAsync(response, HttpStatusCode.BadRequest, "authorization_pending");
    }

    [Fact]
    public async Task Codes_expire_after_ten_minutes()
    {
        var time = new ManualTime();
        await using var authority = await TestAuthority.StartAsync(change: o => o with { Time = time });
        var started = await StartAsync(authority);
        time.Advance(TimeSpan.FromMinutes(11));
        using var decided = await DecideAsync(authority, started["user_code"]!.GetValue<string>(), "allow");
        Assert.Equal(HttpStatusCode.BadRequest, decided.StatusCode);
        using var response = await PollAsync(authority, started);
        await IdentityEndpointsTests.AssertRefusedAsync(response, HttpStatusCode.BadRequest, "expired_token");
    }

    [Fact]
    public async Task A_form_from_elsewhere_and_a_double_parameter_are_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var forged = await authority.PostFormAsync(Person, ("user_code", "BBBB-BBBB"), ("user", "admin"), ("password", authority.Accounts.UserPassword));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using var twice = await authority.Http.GetAsync($"{Person}?user_code=a&user_code=b", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, twice.StatusCode);
    }
}
