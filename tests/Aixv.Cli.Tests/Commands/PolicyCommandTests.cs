using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Commands;

public sealed class PolicyCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly RecordFolder records = new(instance);

    private CliFolder Folder => records.Folder;

    public void Dispose() => records.Dispose();

    /// <summary>The commands of the package's page.</summary>
    [Fact]
    public async Task A_policy_is_signed_in_the_store_and_verifies()
    {
        var created = (await records.SignedAsync("policy", "create", "--input", "policy.json")).Exits(0).Json;
        Assert.Equal(".aixv/policies/policy.json", (string?)created["record_path"]);
        Assert.Equal(".aixv/policies/policy.json.sigstore.json", (string?)created["signature"]!["bundle_path"]);
        Assert.Equal(instance.Identity, (string?)created["signature"]!["identity"]!["subject"]);
        Assert.Equal(["policies/policy.json", "policies/policy.json.sigstore.json"], records.Files());

        var verified = (await records.VerifiedAsync("policy", "verify", ".aixv/policies/policy.json")).Exits(0).Json;
        Assert.True((bool?)verified["ok"]);
        Assert.Equal(instance.Identity, (string?)verified["actual_subjects"]![0]);
        Assert.Equal(instance.Issuer, (string?)verified["actual_issuer"]);
        Assert.Equal("""["level-1","level-2"]""", verified["assurance_levels"]!.ToJsonString());
        Assert.Equal(30, (int?)verified["record"]!["payload"]!["max_bundle_age_days"]);
        Assert.Equal((string?)created["digest"], (string?)verified["digest"]);
    }

    [Fact]
    public async Task An_unsigned_policy_says_so_and_is_golden()
    {
        using var folder = new CliFolder { Time = new FixedTime(RecordFolder.Now) };
        folder.Write("p.json", """{"policy_type": "aixv.policy/v1", "allow_subjects": ["a@example.com"]}""");
        var run = (await folder.RunAsync("policy", "create", "--input", "p.json", "--policy-id", "production", "--json")).Exits(0);
        Assert.Equal(
            """
            {"created": true, "digest": "sha256:DIGEST", "kind": "policy", "ok": true, "path": ".aixv/policies/production.json", "policy_id": "production", "record": {"created_at": "2026-06-01T12:00:00+00:00", "kind": "policy", "payload": {"allow_subjects": ["a@example.com"], "policy_type": "aixv.policy/v1", "require_no_active_advisories": false, "require_signed_advisories": true}, "record_id": "production", "schema": "aixv.signed-record/v1", "signature_bundle_path": null}, "record_id": "production", "record_path": ".aixv/policies/production.json", "signed": false, "unsigned_reason": "--sign was not given"}

            """.Replace("DIGEST", ((string)run.Json["digest"]!)["sha256:".Length..], StringComparison.Ordinal),
            run.Out);
        Assert.Equal(
            """{"created_at":"2026-06-01T12:00:00+00:00","kind":"policy","payload":{"allow_subjects":["a@example.com"],"policy_type":"aixv.policy/v1","require_no_active_advisories":false,"require_signed_advisories":true},"record_id":"production","schema":"aixv.signed-record/v1","signature_bundle_path":null}""" + "\n",
            folder.Read(".aixv/policies/production.json"));
    }

    [Fact]
    public async Task A_signing_that_fails_leaves_no_record()
    {
        Assert.Equal(
            """{"command":"policy create","error":"missing OIDC token: pass --identity-token, set SIGSTORE_ID_TOKEN, or use --interactive-oidc","ok":false}""",
            (await Folder.RunAsync("policy", "create", "--input", "policy.json", "--sign", "--trust-config", instance.TrustConfig, "--json")).Exits(1).Json.ToJsonString());
        var parts = instance.Token.Split('.');
        var forged = $"{parts[0]}.{parts[1]}.{new string('A', parts[2].Length)}";
        (await Folder.RunAsync("policy", "create", "--input", "policy.json", "--identity-token", forged, "--trust-config", instance.TrustConfig)).Exits(1);
        (await Folder.RunAsync("policy", "create", "--input", "policy.json", "--output", "out.json", "--identity-token", forged, "--trust-config", instance.TrustConfig)).Exits(1);
        Assert.Empty(records.Files());
        Assert.False(Folder.Has("out.json"));
        Assert.False(Folder.Has("out.json.sigstore.json"));
    }

    [Fact]
    public async Task The_output_may_be_elsewhere_and_is_not_replaced()
    {
        var created = (await records.SignedAsync("policy", "create", "--input", "policy.json", "--output", "out.json")).Exits(0).Json;
        Assert.Equal("out.json", (string?)created["record_path"]);
        Assert.Equal("out.json.sigstore.json", (string?)created["signature"]!["bundle_path"]);
        Assert.Empty(records.Files());
        (await records.VerifiedAsync("policy", "verify", "out.json")).Exits(0);

        var again = (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "policy", "--output", "out.json")).Exits(0).Json;
        Assert.False((bool?)again["created"]);
        var before = Folder.Read("out.json");
        Assert.Contains("is there already with another content", (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "other", "--output", "out.json")).Exits(1).Out);
        Assert.Equal(before, Folder.Read("out.json"));
    }

    [Fact]
    public async Task The_same_id_with_another_content_is_refused()
    {
        (await Folder.RunAsync("policy", "create", "--input", "policy.json")).Exits(0);
        Folder.Write("policy.json", Folder.Read("policy.json").Replace("30", "7", StringComparison.Ordinal));
        Assert.Contains("policy policy is there already with another content", (await Folder.RunAsync("policy", "create", "--input", "policy.json")).Exits(1).Error);
    }

    [Theory]
    [InlineData("""{"policy_type":"aixv.policy/v1","allowed":[]}""", "invalid policy: $: unknown member 'allowed', allowed: policy_type")]
    [InlineData("""{"policy_type":"aixv.policy/v1","max_bundle_age_days":0}""", "$.max_bundle_age_days")]
    [InlineData("[]", "policy.json: a JSON object is expected")]
    public async Task A_policy_that_does_not_fit_is_refused_and_nothing_written(string content, string message)
    {
        Folder.Write("policy.json", content);
        Assert.Contains(message, (await Folder.RunAsync("policy", "create", "--input", "policy.json")).Exits(1).Error);
        Assert.Empty(records.Files());
    }

    [Fact]
    public async Task A_verification_needs_subjects_a_record_and_their_signature()
    {
        Assert.Contains("record not found: none.json", (await Folder.RunAsync("policy", "verify", "none.json", "--trusted-subject", "a")).Exits(1).Error);
        (await Folder.RunAsync("policy", "create", "--input", "policy.json")).Exits(0);
        Assert.Equal(
            """{"command":"policy verify","error":"trusted subject constraints required","ok":false}""",
            (await Folder.RunAsync("policy", "verify", ".aixv/policies/policy.json", "--json")).Exits(1).Json.ToJsonString());
        var unsigned = (await records.VerifiedAsync("policy", "verify", ".aixv/policies/policy.json")).Exits(1).Json;
        Assert.Equal("not-signed", (string?)unsigned["reason"]);
        Assert.Equal("policy verify", (string?)unsigned["command"]);

        (await records.SignedAsync("policy", "create", "--input", "policy.json")).Exits(0);
        var stranger = (await records.TrustingAsync("mallory@example.com", "policy", "verify", ".aixv/policies/policy.json")).Exits(1).Json;
        Assert.Equal("signer-untrusted", (string?)stranger["reason"]);
        (await records.TrustingAsync("mallory@example.com", "policy", "verify", ".aixv/policies/policy.json", "--trusted-subjects", $"x@example.com, {instance.Identity}")).Exits(0);
        (await records.VerifiedAsync("policy", "verify", ".aixv/policies/policy.json", "--trusted-issuers", $"https://example.com,{instance.Issuer}")).Exits(0);
        var issuer = (await records.VerifiedAsync("policy", "verify", ".aixv/policies/policy.json", "--trusted-issuers", "https://example.com")).Exits(1).Json;
        Assert.Equal("signer-untrusted", (string?)issuer["reason"]);
    }

    [Theory]
    [InlineData("level-1", """{"allow_subjects":["release@example.com"],"policy_type":"aixv.policy/v1","require_no_active_advisories":false,"require_signed_advisories":false}""")]
    [InlineData("level-2", """{"advisory_allow_subjects":["security@example.com"],"allow_subjects":["release@example.com"],"deny_advisory_severity_at_or_above":"high","policy_type":"aixv.policy/v1","require_no_active_advisories":false,"require_signed_advisories":true}""")]
    public async Task Templates_are_golden(string level, string policy)
    {
        var json = (await Folder.RunAsync("policy", "template", "--assurance-level", level, "--json")).Exits(0).Json;
        Assert.Equal(level, (string?)json["assurance_level"]);
        Assert.Equal(policy, Sorted(json["policy"]!));
        Folder.Write("t.json", (await Folder.RunAsync("policy", "template", "--assurance-level", level)).Exits(0).Out);
        (await Folder.RunAsync("policy", "create", "--input", "t.json")).Exits(0);
    }

    [Fact]
    public async Task A_template_of_level_3_needs_an_age()
    {
        Assert.Equal(
            """{"command":"policy template","error":"level-3 template requires --max-bundle-age-days","ok":false}""",
            (await Folder.RunAsync("policy", "template", "--assurance-level", "level-3", "--json")).Exits(1).Json.ToJsonString());
        var json = (await Folder.RunAsync(
            "policy", "template", "--assurance-level", "level-3", "--max-bundle-age-days", "30", "--advisory-trusted-subject", "a@x.org", "--advisory-trusted-subjects", "b@x.org,c@x.org",
            "--advisory-trusted-issuers", "https://x.org", "--output", "t.json", "--json")).Exits(0).Json;
        Assert.Equal("""["a@x.org","b@x.org","c@x.org"]""", json["policy"]!["advisory_allow_subjects"]!.ToJsonString());
        Assert.Equal("""["https://x.org"]""", json["policy"]!["advisory_allow_issuers"]!.ToJsonString());
        Assert.True((bool?)json["policy"]!["require_no_active_advisories"]);
        Assert.Equal("t.json", (string?)json["output_path"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Folder.Read("t.json")), json["policy"]));
        (await Folder.RunAsync("policy", "template", "--assurance-level", "level-9")).Exits(2);
    }

    [Fact]
    public async Task A_migration_raises_and_keeps()
    {
        var json = (await Folder.RunAsync("policy", "migrate", "--input", "policy.json", "--to-assurance-level", "level-3", "--max-bundle-age-days", "7", "--json")).Exits(0).Json;
        Assert.Equal("""["max_bundle_age_days","require_no_active_advisories"]""", json["changed"]!.ToJsonString());
        Assert.Equal(7, (int?)json["policy"]!["max_bundle_age_days"]);
        Assert.Equal("""["alice@example.com"]""", json["policy"]!["allow_subjects"]!.ToJsonString());

        (await Folder.RunAsync("policy", "create", "--input", "policy.json")).Exits(0);
        (await Folder.RunAsync("policy", "migrate", "--input", ".aixv/policies/policy.json", "--to-assurance-level", "level-2")).Exits(0);
        Folder.Write("plain.json", """{"policy_type":"aixv.policy/v1","subject":"a@x.org"}""");
        Assert.Contains(
            "level-3 migration requires max_bundle_age_days; pass --max-bundle-age-days",
            (await Folder.RunAsync("policy", "migrate", "--input", "plain.json", "--to-assurance-level", "level-3")).Exits(1).Error);
    }

    private static string Sorted(JsonNode json) => System.Text.Encoding.UTF8.GetString(Protocol.Statements.SortedJson.Serialize(json));
}
