using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Tests.Oidc;

public sealed class BrowserTokenSourceTests : IDisposable
{
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => http.Dispose();

    /// <summary>Runs the flow; <paramref name="person"/> is what happens in the browser.</summary>
    private async Task<IdentityToken?> RunAsync(FakeIssuer issuer, Func<Uri, Task> person, List<string>? shown = null, TimeSpan? patience = null)
    {
        var browser = Task.CompletedTask;
        var prompt = new InteractivePrompt(line => shown?.Add(line), url =>
        {
            browser = person(url);
            return true;
        });
        var source = new BrowserTokenSource(new ServiceTransport(http, new ManualClock()), new OidcClient(issuer.Issuer), prompt)
        {
            Patience = patience ?? TimeSpan.FromSeconds(20),
        };
        var token = await source.FindAsync(Cancel);
        await browser;
        return token;
    }

    [Fact]
    public async Task A_person_who_signs_in_gives_a_token()
    {
        using var issuer = new FakeIssuer();
        var shown = new List<string>();
        var page = "";
        var token = await RunAsync(issuer, async url => page = await issuer.SignInAsync(url), shown);
        Assert.Equal("user-1", token?.Subject);
        Assert.Contains("You can close this page", page, StringComparison.Ordinal);
        Assert.StartsWith($"{issuer.Issuer}/authorize?response_type=code&client_id=sigstore&redirect_uri=http%3A%2F%2F127.0.0.1%3A", shown[1], StringComparison.Ordinal);
        Assert.Equal("S256", issuer.Authorization["code_challenge_method"]);
        Assert.Equal("openid email", issuer.Authorization["scope"]);
    }

    [Fact]
    public async Task Calls_that_do_not_know_the_state_are_turned_away_and_the_wait_goes_on()
    {
        using var issuer = new FakeIssuer();
        var pages = new List<string>();
        var token = await RunAsync(issuer, async url =>
        {
            pages.Add(await issuer.SignInAsync(url, _ => "code=evil&state=guess"));
            pages.Add(await issuer.SignInAsync(url, _ => "code=evil"));
            pages.Add(await issuer.SignInAsync(url, a => $"code=evil&state={a["state"]}&iss=https://other.example"));
            pages.Add(await issuer.SignInAsync(url));
        });
        Assert.NotNull(token);
        Assert.Contains("state differs", pages[0], StringComparison.Ordinal);
        Assert.Contains("state differs", pages[1], StringComparison.Ordinal);
        Assert.Contains("another issuer", pages[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_say_nothing_or_nonsense_do_not_stand_in_the_way()
    {
        using var issuer = new FakeIssuer();
        using var silent = new TcpClient();
        var watch = Stopwatch.StartNew();
        var token = await RunAsync(issuer, async url =>
        {
            var port = new Uri(FakeRequest.Fields(url.Query[1..])["redirect_uri"]).Port;
            await silent.ConnectAsync(IPAddress.Loopback, port, Cancel);
            using var garbled = new TcpClient();
            await garbled.ConnectAsync(IPAddress.Loopback, port, Cancel);
            await garbled.GetStream().WriteAsync("\0\u0001 nonsense\r\n\r\n"u8.ToArray(), Cancel);
            await issuer.SignInAsync(url);
        });
        Assert.NotNull(token);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(8), "did not wait for the silent one");
    }

    [Fact]
    public async Task A_refusal_by_the_issuer_is_told()
    {
        using var issuer = new FakeIssuer();
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(
            issuer, url => issuer.SignInAsync(url, a => $"error=access_denied&error_description=not+you&state={a["state"]}")));
        Assert.Contains("access_denied not you", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_the_token_endpoint_refuses_is_told()
    {
        using var issuer = new FakeIssuer();
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(
            issuer, url => issuer.SignInAsync(url, a => $"code=stolen&state={a["state"]}")));
        Assert.Contains("the code is not yours", e.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string?, string> WrongTokens => new()
    {
        { "nonce", "another", "does not repeat the nonce" },
        { "nonce", null, "does not repeat the nonce" },
        { "iss", "https://other.example", "token of the issuer https://other.example" },
        { "aud", "another-client", "is for 'another-client'" },
    };

    [Theory, MemberData(nameof(WrongTokens))]
    public async Task A_token_of_another_request_is_refused(string claim, string? value, string message)
    {
        using var issuer = new FakeIssuer { Token = claims => claims[claim] = value };
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer, url => issuer.SignInAsync(url)));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_signing_in_ends_the_wait()
    {
        using var issuer = new FakeIssuer();
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer, _ => Task.CompletedTask, patience: TimeSpan.FromMilliseconds(200)));
        Assert.Contains("nobody signed in", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_that_names_another_issuer_is_refused()
    {
        using var issuer = new FakeIssuer { Discovery = d => d["issuer"] = $"{d["issuer"]}/" };
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer, _ => Task.CompletedTask));
        Assert.Contains("equal to the letter", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_issuer_without_S256_is_refused()
    {
        using var issuer = new FakeIssuer { Discovery = d => d["code_challenge_methods_supported"] = new JsonArray("plain") };
        await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer, _ => Task.CompletedTask));
    }

    [Theory]
    [InlineData("token_endpoint", null)]
    [InlineData("token_endpoint", "/token")]
    [InlineData("authorization_endpoint", "javascript:alert(1)")]
    public async Task A_document_without_usable_endpoints_cannot_be_used(string name, string? value)
    {
        using var issuer = new FakeIssuer { Discovery = d => d[name] = value };
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => RunAsync(issuer, _ => Task.CompletedTask));
        Assert.Contains($"$.{name}", e.Message, StringComparison.Ordinal);
    }
}
