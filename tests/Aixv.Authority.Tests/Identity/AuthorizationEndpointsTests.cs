using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Aixv.Authority.Tests.Identity;

public sealed class AuthorizationEndpointsTests
{
    private const string Redirect = "http://127.0.0.1:54321/callback";
    private const string Verifier = "0123456789012345678901234567890123456789012345";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Challenge => WebEncoders.Base64UrlEncode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static string Address(params (string Name, string? Value)[] changes)
    {
        var parameters = new Dictionary<string, string?>
        {
            ["client_id"] = "sigstore",
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = "openid email",
            ["state"] = "a state&more",
            ["nonce"] = "a nonce",
            ["code_challenge"] = Challenge,
            ["code_challenge_method"] = "S256",
        };
        foreach (var (name, value) in changes)
        {
            parameters[name] = value;
        }

        return QueryHelpers.AddQueryString("/oidc/authorize", parameters.Where(p => p.Value is not null));
    }

    private static async Task<Dictionary<string, string>> SignInAsync(TestAuthority authority, Browser browser)
    {
        using var page = await browser.OpenAsync(Address());
        using var answer = await browser.SubmitAsync(page, "/oidc/login", ("user", "admin"), ("password", authority.Accounts.UserPassword));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.StartsWith(Redirect + "?", answer.Headers.Location!.OriginalString, StringComparison.Ordinal);
        return QueryHelpers.ParseQuery(answer.Headers.Location.Query).ToDictionary(p => p.Key, p => p.Value.ToString());
    }

    private static Task<HttpResponseMessage> RedeemAsync(TestAuthority authority, string code, string verifier = Verifier, string redirect = Redirect) =>
        authority.PostFormAsync(
            "/oidc/token", ("grant_type", "authorization_code"), ("client_id", "sigstore"), ("code", code), ("redirect_uri", redirect), ("code_verifier", verifier));

    [Fact]
    public async Task A_person_signs_in_and_the_program_gets_a_token_with_the_nonce()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        var answer = await SignInAsync(authority, browser);
        Assert.Equal("a state&more", answer["state"]);

        using var response = await RedeemAsync(authority, answer["code"]);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var token = new JsonWebToken((await TestAuthority.JsonAsync(response))["id_token"]!.GetValue<string>());
        Assert.Equal("a nonce", token.GetClaim("nonce").Value);
        Assert.Equal("admin@localhost", token.GetClaim("email").Value);
    }

    [Fact]
    public async Task A_code_is_good_once_and_for_a_minute()
    {
        var time = new ManualTime();
        await using var authority = await TestAuthority.StartAsync(change: o => o with { Time = time });
        using var browser = new Browser(authority);
        var code = (await SignInAsync(authority, browser))["code"];
        using var first = await RedeemAsync(authority, code);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        using var second = await RedeemAsync(authority, code);
        await IdentityEndpointsTests.AssertRefusedAsync(second, HttpStatusCode.BadRequest, "invalid_grant");

        var late = (await SignInAsync(authority, browser))["code"];
        time.Advance(TimeSpan.FromMinutes(2));
        using var third = await RedeemAsync(authority, late);
        await IdentityEndpointsTests.AssertRefusedAsync(third, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Theory]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", Redirect)]
    [InlineData(Verifier, "http://127.0.0.1:54322/callback")]
    public async Task A_wrong_verifier_or_redirect_address_spends_the_code(string verifier, string redirect)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        var code = (await SignInAsync(authority, browser))["code"];
        using var wrong = await RedeemAsync(authority, code, verifier, redirect);
        await IdentityEndpointsTests.AssertRefusedAsync(wrong, HttpStatusCode.BadRequest, "invalid_grant");
        using var right = await RedeemAsync(authority, code);
        await IdentityEndpointsTests.AssertRefusedAsync(right, HttpStatusCode.BadRequest, "invalid_grant");
    }

    [Fact]
    public async Task A_wrong_password_shows_the_form_again()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        using var page = await browser.OpenAsync(Address());
        using var again = await browser.SubmitAsync(page, "/oidc/login", ("user", "admin"), ("password", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.Contains("role=\"alert\"", await again.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        using var good = await browser.SubmitAsync(again, "/oidc/login", ("user", "admin"), ("password", authority.Accounts.UserPassword));
        Assert.Equal(HttpStatusCode.SeeOther, good.StatusCode);
    }

    [Fact]
    public async Task A_form_sent_by_another_browser_is_refused()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var victim = new Browser(authority);
        using var attacker = new Browser(authority);
        using var page = await attacker.OpenAsync(Address());
        using var answer = await victim.SubmitAsync(page, "/oidc/login", ("user", "admin"), ("password", authority.Accounts.UserPassword));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task The_page_loads_nothing_and_cannot_be_framed()
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        using var page = await browser.OpenAsync(Address(("state", "\"><script>alert(1)</script>")));
        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        var html = await page.Content.ReadAsStringAsync(Cancel);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", html, StringComparison.Ordinal);
        Assert.Contains("<label for=\"password\">", html, StringComparison.Ordinal);
        Assert.Contains("SameSite=strict", page.Headers.GetValues("Set-Cookie").Single(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("redirect_uri", "https://evil.example/callback")]
    [InlineData("redirect_uri", "http://localhost.evil.example/")]
    [InlineData("redirect_uri", "http://user@localhost:1/")]
    [InlineData("redirect_uri", "http://127.0.0.1:1/#fragment")]
    [InlineData("redirect_uri", "http://localhost:1/\u00e9")]
    [InlineData("redirect_uri", "http://localhost:1/\r\nSet-Cookie: a=b")]
    [InlineData("redirect_uri", null)]
    [InlineData("client_id", "other")]
    public async Task A_foreign_redirect_address_or_client_is_refused_without_a_redirect(string name, string? value)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        using var page = await browser.OpenAsync(Address((name, value)));
        Assert.Equal(HttpStatusCode.BadRequest, page.StatusCode);
        Assert.Null(page.Headers.Location);
    }

    [Theory]
    [InlineData("response_type", "token", "unsupported_response_type")]
    [InlineData("scope", "email", "invalid_scope")]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    public async Task Other_faults_are_told_to_the_program(string name, string? value, string error)
    {
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        using var answer = await browser.OpenAsync(Address((name, value)));
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(error, QueryHelpers.ParseQuery(answer.Headers.Location!.Query)["error"]);
    }

    [Fact]
    public async Task Out_of_band_the_code_is_shown()
    {
        const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";
        await using var authority = await TestAuthority.StartAsync();
        using var browser = new Browser(authority);
        using var page = await browser.OpenAsync(Address(("redirect_uri", OutOfBand)));
        using var answer = await browser.SubmitAsync(page, "/oidc/login", ("user", "admin"), ("password", authority.Accounts.UserPassword));
        var html = await answer.Content.ReadAsStringAsync(Cancel);
        var code = html.Split("<code>")[1].Split("</code>")[0];
        using var response = await RedeemAsync(authority, code, redirect: OutOfBand);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
