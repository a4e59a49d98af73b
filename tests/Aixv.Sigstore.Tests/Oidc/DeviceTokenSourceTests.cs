using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Tests.Oidc;

public sealed class DeviceTokenSourceTests : IDisposable
{
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly ManualClock clock = new();

    public void Dispose() => http.Dispose();

    private async Task<(IdentityToken? Token, string Shown)> RunAsync(FakeIssuer issuer)
    {
        var shown = "";
        var source = new DeviceTokenSource(
            new ServiceTransport(http, clock), new OidcClient(issuer.Issuer), new InteractivePrompt(line => shown += line), clock);
        return (await source.FindAsync(TestContext.Current.CancellationToken), shown);
    }

    private static IEnumerable<int> Seconds(IEnumerable<TimeSpan> pauses) => pauses.Select(p => (int)p.TotalSeconds);

    [Fact]
    public async Task The_person_is_shown_where_to_go_and_the_token_comes_when_they_did()
    {
        using var issuer = new FakeIssuer { PollErrors = ["authorization_pending", "authorization_pending"] };
        var (token, shown) = await RunAsync(issuer);
        Assert.Equal("user-1", token?.Subject);
        Assert.Equal($"To sign in, open {issuer.Issuer}/activate on any device and enter the code ABCD-EFGH", shown);
        Assert.Equal([5, 5, 5], Seconds(clock.Pauses));
    }

    [Fact]
    public async Task Slow_down_adds_five_seconds_for_good()
    {
        using var issuer = new FakeIssuer { PollErrors = ["slow_down", "authorization_pending", "slow_down"] };
        await RunAsync(issuer);
        Assert.Equal([5, 10, 10, 15], Seconds(clock.Pauses));
    }

    [Theory]
    [InlineData("expired_token", "before the code expired")]
    [InlineData("access_denied", "was denied")]
    [InlineData("invalid_client", "invalid_client")]
    public async Task Other_errors_end_it(string error, string message)
    {
        using var issuer = new FakeIssuer { PollErrors = ["authorization_pending", error] };
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_that_nobody_enters_expires_without_the_issuer_saying_so()
    {
        using var issuer = new FakeIssuer { PollErrors = [.. Enumerable.Repeat("authorization_pending", 1000)] };
        await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer));
        Assert.Equal(59, clock.Pauses.Count);
    }

    [Fact]
    public async Task A_token_with_another_nonce_is_refused()
    {
        using var issuer = new FakeIssuer { Token = claims => claims["nonce"] = "another" };
        await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer));
    }

    [Fact]
    public async Task An_issuer_without_the_flow_is_refused()
    {
        using var issuer = new FakeIssuer { Discovery = d => d.Remove("device_authorization_endpoint") };
        var e = await Assert.ThrowsAsync<SigningException>(() => RunAsync(issuer));
        Assert.Contains("no device flow", e.Message, StringComparison.Ordinal);
    }
}
