using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests.Commands;

public sealed class VerifyPolicyTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task<string> SignedModelAsync(string by = ReleaseFolder.Release)
    {
        var digest = release.Model("model.safetensors", "weights");
        (await release.AsAsync(by, "sign", "model.safetensors")).Exits(0);
        return digest;
    }

    /// <summary>The third command of the package's page.</summary>
    [Fact]
    public async Task A_signed_policy_admits_and_the_answer_has_the_documented_members()
    {
        var digest = await SignedModelAsync();
        var policy = await release.PolicyAsync();
        var json = (await release.RunAsync(["verify", "model.safetensors", .. policy, "--assurance-level", "level-2"])).Exits(0).Json;
        var time = (string?)json["integrated_time"];
        var expected = JsonNode.Parse($$"""
            {
              "ok": true, "verified": true, "digest": "{{digest}}", "bundle_path": "model.safetensors.sigstore.json", "expected_subject": null, "expected_issuer": null,
              "actual_subjects": ["{{ReleaseFolder.Release}}"], "actual_issuer": "{{instance.Issuer}}", "staging": false, "policy_violations": [],
              "violations": [], "admission_decision": "allow", "assurance_level": "level-2", "store_warnings": []
            }
            """)!.AsObject();
        Assert.All(expected, member => Assert.True(JsonNode.DeepEquals(member.Value, json[member.Key]), $"{member.Key}: {json[member.Key]?.ToJsonString()}"));
        Assert.Equal(
            (digest, 0, ReleaseFolder.Release, instance.Issuer),
            ((string?)json["admission_evidence"]!["artifact_digest"], (int?)json["admission_evidence"]!["advisory_count"],
                (string?)json["admission_evidence"]!["verified_subjects"]![0], (string?)json["admission_evidence"]!["verified_issuer"]));
        Assert.StartsWith(time![..19], (string?)json["admission_evidence"]!["integrated_time"]);
        Assert.Equal(("policy", ReleaseFolder.Officer), ((string?)json["policy"]!["policy_id"], (string?)json["policy"]!["signer"]!["subject"]));
        Assert.Null(json["evaluation"]);
    }

    [Fact]
    public async Task An_active_advisory_by_a_trusted_subject_denies_and_a_strangers_does_not()
    {
        var digest = await SignedModelAsync();
        var policy = await release.PolicyAsync();
        await release.RecordAsync(ReleaseFolder.Stranger, "advisory", "ADV-S", ReleaseFolder.Advisory("ADV-S", digest));
        (await release.RunAsync(["verify", "model.safetensors", .. policy])).Exits(0);
        await release.RecordAsync(ReleaseFolder.Security, "advisory", "ADV-1", ReleaseFolder.Advisory("ADV-1", digest));
        var json = (await release.RunAsync(["verify", "model.safetensors", .. policy, "--explain"])).Exits(1).Json;
        Assert.Equal((false, true, "deny"), ((bool?)json["ok"], (bool?)json["verified"], (string?)json["admission_decision"]));
        var message = "advisory ADV-1 (poisoned-weights) is active with severity critical, denied at or above high";
        Assert.Equal(message, (string?)Assert.Single(json["policy_violations"]!.AsArray()));
        Assert.Equal(("advisory-severity", "roll back"), ((string?)json["violations"]![0]!["code"], (string?)json["violations"]![0]!["remedy"]));
        Assert.Equal(("verify", $"admission denied: {message}"), ((string?)json["command"], (string?)json["error"]));
        Assert.Equal(1, (int?)json["admission_evidence"]!["advisory_count"]);
        Assert.Contains("whom the policy does not trust for advisories", json["evaluation"]!.ToJsonString());

        var words = (await release.SayAsync(["verify", "model.safetensors", .. policy, "--explain"])).Exits(1);
        Assert.Contains("model.safetensors: verified, and denied by the policy", words.Out);
        Assert.Contains("✗ advisory ADV-1: ", words.Out);
        Assert.Contains("└─ ", words.Out);
        Assert.Contains(message, words.Error);
    }

    [Fact]
    public async Task Another_signer_is_a_violation_with_its_code()
    {
        await SignedModelAsync(ReleaseFolder.Stranger);
        var policy = await release.PolicyAsync();
        var json = (await release.RunAsync(["verify", "model.safetensors", .. policy])).Exits(1).Json;
        Assert.Equal("subject-not-allowed", (string?)json["violations"]![0]!["code"]);
        json = (await release.RunAsync(["verify", "model.safetensors", .. policy, "--identity", ReleaseFolder.Release])).Exits(1).Json;
        Assert.Equal(ReleaseFolder.Release, (string?)json["expected_subject"]);
        (await release.RunAsync(["verify", "model.safetensors", .. policy, "--identity-glob", "stranger@*"])).Exits(1);
    }

    [Fact]
    public async Task A_changed_artifact_is_refused_and_denied()
    {
        await SignedModelAsync();
        var policy = await release.PolicyAsync();
        release.Folder.Write("model.safetensors", "other weights");
        var json = (await release.RunAsync(["verify", "model.safetensors", .. policy])).Exits(1).Json;
        Assert.Equal(("deny", "signature-not-verified"), ((string?)json["admission_decision"], (string?)json["violations"]![0]!["code"]));
        Assert.StartsWith("verification refused (", (string?)json["error"]);
    }

    [Fact]
    public async Task The_policys_own_signature_counts()
    {
        await SignedModelAsync();
        var policy = await release.PolicyAsync();
        async Task RefusedAsync(string message, params string[] arguments) =>
            Assert.StartsWith(message, (string?)(await release.RunAsync(["verify", "model.safetensors", .. arguments])).Exits(1).Json["error"]);

        await RefusedAsync("signed policy verification requires policy_trusted_subject or policy_trusted_subjects", policy[..2]);
        await RefusedAsync("policy verification failed: policy policy: untrusted signer", [.. policy[..2], "--policy-trusted-subject", ReleaseFolder.Release]);
        await RefusedAsync("policy not found: none.json", "--policy", "none.json");
        release.Folder.Write("bare.json", """{"policy_type": "aixv.policy/v1", "require_signed_advisories": false}""");
        await RefusedAsync("policy bundle not found: bare.json.sigstore.json", "--policy", "bare.json", "--policy-trusted-subject", ReleaseFolder.Officer);
        await RefusedAsync("subject identity constraints required: set --identity or policy.subject/allow_subjects", "--policy", "bare.json", "--no-require-signed-policy");
        (await release.RunAsync("verify", "model.safetensors", "--policy", "bare.json", "--no-require-signed-policy", "--identity", ReleaseFolder.Release)).Exits(0);
        release.Folder.Write("policy.json", release.Folder.Read(".aixv/policies/policy.json").Replace("high", "low", StringComparison.Ordinal));
        await RefusedAsync(
            "policy verification failed: policy policy: the bundle is of other bytes",
            "--policy", "policy.json", "--policy-bundle", ".aixv/policies/policy.json.sigstore.json", "--policy-trusted-subject", ReleaseFolder.Officer);
    }

    [Fact]
    public async Task Assurance_levels_name_everything_that_is_missing()
    {
        await SignedModelAsync();
        async Task<string?> ErrorAsync(params string[] arguments) => (string?)(await release.RunAsync(["verify", "model.safetensors", .. arguments])).Exits(1).Json["error"];

        Assert.Equal("assurance level level-2 requires --policy", await ErrorAsync("--identity", ReleaseFolder.Release, "--assurance-level", "level-2"));
        Assert.Equal("unknown assurance level: level-9 (known: level-1, level-2, level-3)", await ErrorAsync("--identity", "i", "--assurance-level", "level-9"));
        release.Folder.Write("bare.json", """{"policy_type": "aixv.policy/v1", "require_signed_advisories": false}""");
        Assert.Equal(
            "assurance level level-3 requires signed policy verification; assurance level level-3 requires require_signed_advisories=true; "
            + "assurance level level-3 requires advisory trust subjects via advisory_allow_subjects or subject/allow_subjects; "
            + "assurance level level-3 requires max_bundle_age_days; assurance level level-3 requires require_no_active_advisories=true",
            await ErrorAsync("--policy", "bare.json", "--no-require-signed-policy", "--assurance-level", "level-3"));
        (await release.RunAsync("verify", "model.safetensors", "--identity", ReleaseFolder.Release, "--assurance-level", "level-1")).Exits(0);
    }

    [Fact]
    public async Task Required_claims_count_when_a_trusted_subject_signed_them_and_nobody_changed_them()
    {
        await SignedModelAsync();
        var policy = await release.PolicyAsync(""" "required_predicates": {"base-model": ["training"]}""");
        string[] verify = ["verify", "model.safetensors", .. policy, "--artifact-type", "base-model"];
        await release.AttestAsync(ReleaseFolder.Stranger, "model.safetensors", "training", """{"parent_models": []}""");
        Assert.Equal("predicate-missing", (string?)(await release.RunAsync(verify)).Exits(1).Json["violations"]![0]!["code"]);
        await release.AttestAsync(ReleaseFolder.Release, "model.safetensors", "training", """{"parent_models": []}""");
        Assert.Equal(2, (int?)(await release.RunAsync(verify)).Exits(0).Json["admission_evidence"]!["attestation_count"]);
        foreach (var path in Directory.GetFiles(Path.Combine(release.Folder.Path, ".aixv", "attestations"), "*.training.v1*.json").Where(p => !p.EndsWith(".sigstore.json", StringComparison.Ordinal)))
        {
            await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).Replace("[]", "[{\"name\":\"x\"}]", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        }

        Assert.Equal("predicate-missing", (string?)(await release.RunAsync(verify)).Exits(1).Json["violations"]![0]!["code"]);
        Assert.Equal("predicate-missing", (string?)(await release.RunAsync(verify[..^2])).Exits(1).Json["violations"]![0]!["code"]);
    }

    [Fact]
    public async Task A_managed_key_is_a_subject_that_a_policy_can_allow_or_not()
    {
        var vector = new Vector("managed-key-happy-path");
        async Task<JsonObject> JudgeAsync(int exitCode, string policy)
        {
            release.Folder.Write("bare.json", policy);
            return (await release.Folder.RunAsync([.. vector.FullArguments, "--policy", "bare.json", "--no-require-signed-policy", "--json"])).Exits(exitCode).Json;
        }

        var json = await JudgeAsync(0, """{"policy_type": "aixv.policy/v1", "require_signed_advisories": false}""");
        var subject = (string)json["admission_evidence"]!["verified_subjects"]![0]!;
        Assert.Equal($"key:{json["key_fingerprint"]}", subject);
        await JudgeAsync(0, $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{subject}}"]}""");
        json = await JudgeAsync(1, """{"policy_type": "aixv.policy/v1", "allow_subjects": ["release@example.org"]}""");
        Assert.Equal("subject-not-allowed", (string?)json["violations"]![0]!["code"]);
    }

    [Fact]
    public async Task An_instance_without_logs_needs_both_the_thresholds_and_the_policy()
    {
        await SignedModelAsync();
        release.Folder.Write("bare.json", $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{ReleaseFolder.Release}}"]}""");
        var bundle = JsonNode.Parse(release.Folder.Read("model.safetensors.sigstore.json"))!;
        bundle["verificationMaterial"]!.AsObject().Remove("tlogEntries");
        release.Folder.Write("model.safetensors.sigstore.json", bundle.ToJsonString());
        string[] verify = ["verify", "model.safetensors", "--policy", "bare.json", "--no-require-signed-policy", "--identity", ReleaseFolder.Release];
        Assert.Equal("log-entry-missing", (string?)(await release.RunAsync(verify)).Exits(1).Json["reason"]);
        Assert.Equal("transparency-missing", (string?)(await release.RunAsync([.. verify, "--log-threshold", "0"])).Exits(1).Json["violations"]![0]!["code"]);
        release.Folder.Write("bare.json", """{"policy_type": "aixv.policy/v1", "transparency_required": false}""");
        (await release.RunAsync(verify)).Exits(0);
        (await release.RunAsync("verify", "model.safetensors", "--identity", ReleaseFolder.Release, "--log-threshold", "0")).Exits(0);
    }

    [Fact]
    public async Task Verifying_writes_no_store()
    {
        await SignedModelAsync();
        release.Folder.Write("bare.json", $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{ReleaseFolder.Release}}"]}""");
        (await release.RunAsync("verify", "model.safetensors", "--policy", "bare.json", "--no-require-signed-policy")).Exits(0);
        Assert.False(release.Folder.Has(".aixv"));
    }

    [Fact]
    public async Task A_damaged_advisory_is_said_and_denies()
    {
        await SignedModelAsync();
        var policy = await release.PolicyAsync();
        Directory.CreateDirectory(Path.Combine(release.Folder.Path, ".aixv", "advisories"));
        release.Folder.Write(".aixv/advisories/ADV-1.json", "{");
        var json = (await release.RunAsync(["verify", "model.safetensors", .. policy])).Exits(1).Json;
        Assert.Equal("advisories-unreadable", (string?)json["violations"]![0]!["code"]);
        Assert.Contains("ADV-1.json", (string?)json["store_warnings"]![0]);
    }

    [Theory]
    [InlineData("--deep needs --policy", "--deep")]
    [InlineData("--explain needs --policy", "--explain")]
    [InlineData("--save-decision needs --policy", "--save-decision", "d.json")]
    [InlineData("--max-depth needs --deep", "--policy", "p", "--max-depth", "3")]
    [InlineData("--max-depth takes a number from 1 to 1000", "--policy", "p", "--deep", "--max-depth", "0")]
    public async Task Options_that_need_others_say_so(string message, params string[] options) =>
        Assert.Contains(message, (await release.SayAsync(["verify", "x", .. options])).Exits(2).Error);
}
