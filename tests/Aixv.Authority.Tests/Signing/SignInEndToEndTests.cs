using System.Text.RegularExpressions;
using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Transport;

namespace Aixv.Authority.Tests.Signing;

/// <summary>Both interactive flows against the Authority's own identity provider.</summary>
public sealed partial class SignInEndToEndTests(SharedAuthority shared) : IClassFixture<SharedAuthority>, IDisposable
{
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly TestAuthority authority = shared.Authority;

    [GeneratedRegex("open (?<url>[^ ]+) on any device and enter the code (?<code>[A-Z-]+)")]
    private static partial Regex Invitation();

    private ServiceTransport Transport => new(http, TimeProvider.System);

    private OidcClient Client => new(SigningServices.Select(
        SigningConfig.Parse(authority.Server.SigningConfig), TimeProvider.System.GetUtcNow()).IdentityProvider!.OriginalString);

    public void Dispose() => http.Dispose();

    [Fact]
    public async Task A_person_signs_in_by_the_browser()
    {
        var last = Task.FromResult("");
        var prompt = new InteractivePrompt(_ => { }, url =>
        {
            last = new TestPerson(authority).SignInAsync(url);
            return true;
        });
        var token = await new BrowserTokenSource(Transport, Client, prompt).FindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(authority.Accounts.UserEmail, token?.ProofSubject);
        Assert.Contains("You can close this page", await last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_signs_in_by_a_code()
    {
        var person = Task.FromResult("");
        var prompt = new InteractivePrompt(line =>
        {
            var invitation = Invitation().Match(line);
            person = new TestPerson(authority).SignInAsync(
                new Uri(invitation.Groups["url"].Value), ("user_code", invitation.Groups["code"].Value), ("decision", "allow"));
        });
        var token = await new DeviceTokenSource(Transport, Client, prompt, TimeProvider.System).FindAsync(TestContext.Current.CancellationToken);
        Assert.Equal(authority.Accounts.UserEmail, token?.ProofSubject);
        Assert.Contains("Signed in", await person, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_refuses_the_code_ends_it()
    {
        var prompt = new InteractivePrompt(line =>
        {
            var invitation = Invitation().Match(line);
            _ = new TestPerson(authority).SignInAsync(
                new Uri(invitation.Groups["url"].Value), ("user_code", invitation.Groups["code"].Value), ("decision", "deny"));
        });
        var source = new DeviceTokenSource(Transport, Client, prompt, TimeProvider.System);
        var e = await Assert.ThrowsAsync<SigningException>(() => source.FindAsync(TestContext.Current.CancellationToken));
        Assert.Contains("denied", e.Message, StringComparison.Ordinal);
    }
}
