using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Certificates;
using Aixv.Transparency.Keys;

namespace Aixv.Authority.Tests.Federation;

public sealed class FederationTests : IDisposable
{
    private readonly OutsideIssuer issuer = new();
    private readonly SigningKey key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
    private readonly ManualTime time = new();

    public void Dispose()
    {
        issuer.Dispose();
        key.Dispose();
    }

    private async Task<TestAuthority> StartAsync(string identity, params (string Name, JsonNode Value)[] more)
    {
        var entry = new JsonObject { ["issuer"] = issuer.Url, ["identity"] = identity };
        foreach (var (name, value) in more)
        {
            entry[name] = value;
        }

        return await TestAuthority.StartAsync(change: options =>
        {
            File.WriteAllText(Path.Combine(options.DataFolder, "issuers.json"), new JsonObject { ["issuers"] = new JsonArray(entry) }.ToJsonString());
            return options with { Time = time };
        });
    }

    private JsonObject Claims(params ReadOnlySpan<(string Name, JsonNode? Value)> more) => issuer.Claims(time.GetUtcNow(), more);

    private Task<HttpResponseMessage> AskAsync(TestAuthority authority, string token, string challenge = "somebody") =>
        authority.PostAsync("/api/v2/signingCert", Keyless.CertificateRequest(key, challenge, token));

    private async Task<Certificate> LeafAsync(TestAuthority authority, JsonObject claims)
    {
        using var response = await AskAsync(authority, issuer.Sign(claims), claims["sub"]!.GetValue<string>());
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return Keyless.Chain(await TestAuthority.JsonAsync(response))[0];
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage response, HttpStatusCode status, string reason)
    {
        var message = (await TestAuthority.JsonAsync(response))["message"]!.GetValue<string>();
        Assert.Contains(reason, message, StringComparison.Ordinal);
        Assert.Equal(status, response.StatusCode);
    }

    [Fact]
    public async Task A_person_of_an_outside_issuer_gets_a_certificate_for_the_verified_address()
    {
        await using var authority = await StartAsync("email");
        var leaf = await LeafAsync(authority, Claims(("email", "ada@example.org"), ("email_verified", true)));
        Assert.Equal("ada@example.org", Assert.Single(leaf.SubjectAlternativeNames).Value);
        Assert.Equal(issuer.Url, leaf.Claims.Issuer);
    }

    [Fact]
    public async Task An_address_that_is_not_verified_is_refused()
    {
        await using var authority = await StartAsync("email");
        using var response = await AskAsync(authority, issuer.Sign(Claims(("email", "ada@example.org"), ("email_verified", false))));
        await AssertRefusedAsync(response, HttpStatusCode.Forbidden, "not verified");
    }

    [Fact]
    public async Task A_GitHub_workflow_s_facts_are_in_the_certificate()
    {
        await using var authority = await StartAsync("github-workflow");
        var leaf = await LeafAsync(authority, Claims(
            ("sub", "repo:o/r:ref:refs/heads/main"),
            ("job_workflow_ref", "o/r/.github/workflows/w.yml@refs/heads/main"),
            ("job_workflow_sha", "a1"),
            ("repository", "o/r"),
            ("repository_id", "7"),
            ("repository_owner", "o"),
            ("repository_owner_id", "8"),
            ("repository_visibility", "public"),
            ("event_name", "push"),
            ("sha", "a2"),
            ("workflow", "Release"),
            ("workflow_ref", "o/r/.github/workflows/caller.yml@refs/heads/main"),
            ("workflow_sha", "a3"),
            ("ref", "refs/heads/main"),
            ("runner_environment", "github-hosted"),
            ("run_id", "99"),
            ("run_attempt", "2"),
            ("environment", "prod")));

        Assert.Equal("https://github.com/o/r/.github/workflows/w.yml@refs/heads/main", Assert.Single(leaf.SubjectAlternativeNames).Value);
        string[] expected =
        [
            $"1 {issuer.Url}", "2 push", "3 a2", "4 Release", "5 o/r", "6 refs/heads/main", $"8 {issuer.Url}",
            "9 https://github.com/o/r/.github/workflows/w.yml@refs/heads/main", "10 a1", "11 github-hosted", "12 https://github.com/o/r", "13 a2",
            "14 refs/heads/main", "15 7", "16 https://github.com/o", "17 8", "18 https://github.com/o/r/.github/workflows/caller.yml@refs/heads/main",
            "19 a3", "20 push", "21 https://github.com/o/r/actions/runs/99/attempts/2", "22 public", "23 prod", "24 repo:o/r:ref:refs/heads/main",
        ];
        Assert.Equal(expected, leaf.Extensions.Where(e => e.Oid.StartsWith("1.3.6.1.4.1.57264.1.", StringComparison.Ordinal)).Select(Text));
    }

    private static string Text(CertificateExtension extension)
    {
        var number = extension.Oid.Split('.')[^1];
        var value = extension.Value.Span;
        return $"{number} {System.Text.Encoding.UTF8.GetString(number is "1" or "2" or "3" or "4" or "5" or "6" ? value : value[(value[1] < 0x80 ? 2 : 3)..])}";
    }

    [Fact]
    public async Task A_GitLab_pipeline_gets_a_certificate_for_its_configuration()
    {
        await using var authority = await StartAsync("gitlab-pipeline");
        var leaf = await LeafAsync(authority, Claims(
            ("ci_config_ref_uri", "gitlab.example/g/p//.gitlab-ci.yml@refs/heads/main"),
            ("project_path", "g/p"),
            ("ref", "main"),
            ("ref_type", "branch"),
            ("job_id", "12")));
        Assert.Equal("https://gitlab.example/g/p//.gitlab-ci.yml@refs/heads/main", Assert.Single(leaf.SubjectAlternativeNames).Value);
        Assert.Contains("14 refs/heads/main", leaf.Extensions.Select(Text));
        Assert.Contains($"21 {issuer.Url}/g/p/-/jobs/12", leaf.Extensions.Select(Text));
    }

    [Fact]
    public async Task Workloads_are_named_by_URI_and_others_by_name_and_domain()
    {
        await using (var authority = await StartAsync("uri"))
        {
            var leaf = await LeafAsync(authority, Claims(("sub", "spiffe://example.org/builder")));
            Assert.Equal("spiffe://example.org/builder", Assert.Single(leaf.SubjectAlternativeNames).Value);
            using var refused = await AskAsync(authority, issuer.Sign(Claims()));
            await AssertRefusedAsync(refused, HttpStatusCode.Forbidden, "no absolute URI");
        }

        await using (var authority = await StartAsync("username", ("domain", "example.org")))
        {
            var leaf = await LeafAsync(authority, Claims());
            Assert.Equal("somebody!example.org", Assert.Single(leaf.SubjectAlternativeNames).Value);
        }
    }

    [Fact]
    public async Task A_workflow_token_without_its_claims_is_refused()
    {
        await using var authority = await StartAsync("github-workflow");
        using var response = await AskAsync(authority, issuer.Sign(Claims()));
        await AssertRefusedAsync(response, HttpStatusCode.Unauthorized, "job_workflow_ref");
    }

    public static TheoryData<string, string> BadClaims => new()
    {
        { """{"aud":"other"}""", "audience" },
        { """{"aud":null}""", "audience" },
        { """{"exp":1}""", "expired" },
        { """{"exp":null}""", "exp" },
        { """{"nbf":99999999999}""", "not valid yet" },
        { """{"iat":99999999999}""", "future" },
        { """{"iss":"https://other.example"}""", "not trusted" },
        { """{"iss":null}""", "not trusted" },
        { """{"sub":null}""", "'sub'" },
        { """{"sub":{"a":1}}""", "cannot be read" },
    };

    [Theory, MemberData(nameof(BadClaims))]
    public async Task A_token_with_a_wrong_claim_is_refused_with_the_reason(string change, string reason)
    {
        await using var authority = await StartAsync("username");
        var claims = Claims();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value.DeepClone();
            }
        }

        using var response = await AskAsync(authority, issuer.Sign(claims));
        await AssertRefusedAsync(response, HttpStatusCode.Unauthorized, reason);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("PS256")]
    [InlineData("RS257")]
    public async Task An_algorithm_that_is_not_allowed_is_refused(string algorithm)
    {
        await using var authority = await StartAsync("username", ("algorithms", new JsonArray("RS256")));
        using var response = await AskAsync(authority, issuer.Sign(Claims(), algorithm));
        await AssertRefusedAsync(response, HttpStatusCode.Unauthorized, algorithm);
    }

    [Fact]
    public async Task A_signature_by_another_key_of_the_same_name_is_refused()
    {
        await using var authority = await StartAsync("username");
        await LeafAsync(authority, Claims());
        using var unpublished = RSA.Create(2048);
        issuer.Key = unpublished;
        using var response = await AskAsync(authority, issuer.Sign(Claims()));
        await AssertRefusedAsync(response, HttpStatusCode.Unauthorized, "signature");
    }

    [Fact]
    public async Task A_new_key_of_the_issuer_is_found_but_asked_for_at_most_once_a_minute()
    {
        await using var authority = await StartAsync("username");
        await LeafAsync(authority, Claims());
        var asked = issuer.Requests;
        using var next = RSA.Create(2048);
        (issuer.Key, issuer.KeyId) = (next, "k2");

        using (var early = await AskAsync(authority, issuer.Sign(Claims())))
        {
            await AssertRefusedAsync(early, HttpStatusCode.Unauthorized, "does not publish");
        }

        Assert.Equal(asked, issuer.Requests);
        time.Advance(TimeSpan.FromMinutes(2));
        await LeafAsync(authority, Claims());
        Assert.Equal(asked + 2, issuer.Requests);
    }

    [Fact]
    public async Task A_discovery_document_of_another_issuer_is_not_believed()
    {
        issuer.ClaimedUrl = "https://other.example";
        await using var authority = await StartAsync("username");
        using var response = await AskAsync(authority, issuer.Sign(Claims()));
        await AssertRefusedAsync(response, HttpStatusCode.ServiceUnavailable, "other.example");
    }

    [Fact]
    public async Task Keys_in_a_file_need_no_network()
    {
        var file = Path.Combine(Path.GetTempPath(), $"jwks-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(file, issuer.Keys().ToJsonString(), TestContext.Current.CancellationToken);
        await using var authority = await StartAsync("username", ("jwksFile", file));
        await LeafAsync(authority, Claims());
        Assert.Equal(0, issuer.Requests);
        File.Delete(file);
    }

    [Theory]
    [InlineData("""{"issuers":[{"issuer":"http://example.org","identity":"email"}]}""", "https")]
    [InlineData("""{"issuers":[{"issuer":"https://example.org","identity":"phone"}]}""", "phone")]
    [InlineData("""{"issuers":[{"issuer":"https://example.org","identity":"email","algorithms":["HS256"]}]}""", "HS256")]
    [InlineData("""{"issuers":[{"issuer":"https://example.org","identity":"email","surprise":1}]}""", "surprise")]
    [InlineData("""{"issuers":[{"issuer":"https://e.org","identity":"email"},{"issuer":"https://e.org","identity":"uri"}]}""", "twice")]
    public async Task A_configuration_with_a_fault_is_refused_at_the_start(string json, string reason)
    {
        var error = await Assert.ThrowsAsync<IOException>(() => TestAuthority.StartAsync(change: options =>
        {
            File.WriteAllText(Path.Combine(options.DataFolder, "issuers.json"), json);
            return options;
        }));
        Assert.Contains("issuers.json", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
