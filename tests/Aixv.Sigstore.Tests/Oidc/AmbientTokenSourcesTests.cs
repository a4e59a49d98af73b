using Aixv.Sigstore.Oidc;
using Aixv.Sigstore.Signing;
using Aixv.Sigstore.Tests.Transport;
using Aixv.Sigstore.Transport;

namespace Aixv.Sigstore.Tests.Oidc;

public sealed class AmbientTokenSourcesTests : IDisposable
{
    private readonly HttpClient http = ServiceTransport.CreateHttpClient();
    private readonly ServiceTransport transport;

    public AmbientTokenSourcesTests() => transport = new ServiceTransport(http, new ManualClock());

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static string Encoded => TestTokens.Claims().Encode();

    public void Dispose() => http.Dispose();

    private static EnvironmentVariables Environment(params (string Name, string Value)[] variables) =>
        name => variables.Where(v => v.Name == name).Select(v => v.Value).FirstOrDefault();

    [Fact]
    public async Task GitHub_hands_out_a_token_for_the_audience()
    {
        using var runner = FakeService.Answering(FakeAnswer.Json($$"""{"count":1,"value":"{{Encoded}}"}"""));
        var environment = Environment(("ACTIONS_ID_TOKEN_REQUEST_URL", $"{runner.Url}?api-version=2.0"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner-secret"));
        var token = await new GitHubActionsTokenSource(transport, environment, "sigstore").FindAsync(Cancel);
        Assert.Equal("user-1", token?.Subject);
        Assert.True(runner.Requests.TryPeek(out var request));
        Assert.Equal("/?api-version=2.0&audience=sigstore", request.Target);
        Assert.Equal("Bearer runner-secret", request.Headers["Authorization"]);
    }

    [Fact]
    public async Task GitHub_without_the_permission_has_no_token() =>
        Assert.Null(await new GitHubActionsTokenSource(transport, Environment(("GITHUB_ACTIONS", "true")), "sigstore").FindAsync(Cancel));

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"value\":\"x\"}")]
    [InlineData("nonsense")]
    public async Task GitHub_answering_nonsense_is_the_worlds_failure(string answer)
    {
        using var runner = FakeService.Answering(FakeAnswer.Json(answer));
        var environment = Environment(("ACTIONS_ID_TOKEN_REQUEST_URL", runner.Url.AbsoluteUri), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner-secret"));
        var e = await Assert.ThrowsAsync<HttpRequestException>(() => new GitHubActionsTokenSource(transport, environment, "sigstore").FindAsync(Cancel));
        Assert.DoesNotContain("runner-secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHub_refusing_is_told()
    {
        using var runner = FakeService.Answering(FakeAnswer.Json("{\"message\":\"no permission\"}", 403));
        var environment = Environment(("ACTIONS_ID_TOKEN_REQUEST_URL", runner.Url.AbsoluteUri), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "runner-secret"));
        var e = await Assert.ThrowsAsync<SigningException>(() => new GitHubActionsTokenSource(transport, environment, "sigstore").FindAsync(Cancel));
        Assert.Contains("no permission", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitLab_puts_the_token_into_a_variable_named_after_the_audience()
    {
        var environment = Environment(("GITLAB_CI", "true"), ("SIGSTORE_ID_TOKEN", Encoded), ("MY_LOG_ID_TOKEN", Encoded));
        Assert.NotNull(await new GitLabTokenSource(environment, "sigstore").FindAsync(Cancel));
        Assert.NotNull(await new GitLabTokenSource(environment, "my-log").FindAsync(Cancel));
        Assert.Null(await new GitLabTokenSource(environment, "other").FindAsync(Cancel));
        Assert.Null(await new GitLabTokenSource(Environment(("SIGSTORE_ID_TOKEN", Encoded)), "sigstore").FindAsync(Cancel));
    }

    [Fact]
    public async Task Buildkite_is_asked_by_its_agent()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("the stand-in for the agent is a shell script");
            return;
        }

        var folder = Directory.CreateTempSubdirectory("aixv-buildkite-");
        try
        {
            var agent = Path.Combine(folder.FullName, "agent");
            await File.WriteAllTextAsync(agent, $"#!/bin/sh\n[ \"$*\" = 'oidc request-token --audience sigstore' ] && echo {Encoded}\n", Cancel);
            File.SetUnixFileMode(agent, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            var environment = Environment(("BUILDKITE", "true"));
            Assert.NotNull(await new BuildkiteTokenSource(environment, "sigstore", agent).FindAsync(Cancel));
            await Assert.ThrowsAsync<SigningException>(() => new BuildkiteTokenSource(environment, "other", agent).FindAsync(Cancel));
            Assert.Null(await new BuildkiteTokenSource(environment, "sigstore", agent + "-absent").FindAsync(Cancel));
            Assert.Null(await new BuildkiteTokenSource(Environment(), "sigstore", agent).FindAsync(Cancel));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Google_is_asked_only_on_its_machines()
    {
        using var metadata = FakeService.Answering(new FakeAnswer(200, System.Text.Encoding.ASCII.GetBytes(Encoded)));
        var environment = Environment(("GCE_METADATA_HOST", metadata.Url.Authority));
        var here = new GoogleCloudTokenSource(transport, environment, "sigstore") { ProductName = () => "Google Compute Engine\n" };
        Assert.NotNull(await here.FindAsync(Cancel));
        Assert.True(metadata.Requests.TryDequeue(out var request));
        Assert.Equal("/computeMetadata/v1/instance/service-accounts/default/identity?audience=sigstore&format=full", request.Target);
        Assert.Equal("Google", request.Headers["Metadata-Flavor"]);
        var elsewhere = new GoogleCloudTokenSource(transport, environment, "sigstore") { ProductName = () => "Another machine" };
        Assert.Null(await elsewhere.FindAsync(Cancel));
        Assert.Empty(metadata.Requests);
    }

    [Fact]
    public async Task Google_speaks_for_another_account_when_one_is_named()
    {
        using var google = new FakeService(r => FakeAnswer.Json(r.Method == "GET" ? """{"access_token":"acc3ss"}""" : $$"""{"token":"{{Encoded}}"}"""));
        var environment = Environment(("GCE_METADATA_HOST", google.Url.Authority), ("GOOGLE_SERVICE_ACCOUNT_NAME", "signer@project.example"));
        var source = new GoogleCloudTokenSource(transport, environment, "sigstore") { Credentials = google.Url };
        Assert.NotNull(await source.FindAsync(Cancel));
        var request = google.Requests.Last();
        Assert.Equal("/v1/projects/-/serviceAccounts/signer%40project.example:generateIdToken", request.Target);
        Assert.Equal("Bearer acc3ss", request.Headers["Authorization"]);
        Assert.Equal("""{"audience":"sigstore","includeEmail":true}""", request.Json.ToJsonString());
    }

    [Fact]
    public async Task Sources_are_asked_in_order_and_absent_ones_passed_over()
    {
        var environment = Environment(("SIGSTORE_ID_TOKEN", TestTokens.Claims().With("sub", "from-environment").Encode()));
        IdentityTokenSource[] sources = [new GivenTokenSource(null), new EnvironmentTokenSource(environment), new GivenTokenSource(Encoded)];
        Assert.Equal("from-environment", (await IdentityTokenSources.FindAsync(sources, Cancel))?.Subject);
        Assert.Null(await IdentityTokenSources.FindAsync([new GivenTokenSource(" "), new EnvironmentTokenSource(environment, "OTHER")], Cancel));
        Assert.Equal(["GitHub Actions", "GitLab CI", "Buildkite", "Google Cloud"], IdentityTokenSources.Ambient(transport, environment).Select(s => s.Name));
    }

    [Fact]
    public async Task A_broken_token_in_the_environment_is_an_error_and_not_absence() =>
        await Assert.ThrowsAsync<FormatException>(() => new EnvironmentTokenSource(Environment(("SIGSTORE_ID_TOKEN", "broken"))).FindAsync(Cancel));
}
