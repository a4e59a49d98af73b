namespace Aixv.Cli.Tests.Stories;

/// <summary>Publish, deploy, advisory, impact, deny, waiver, rollback plan, rollback, clean verify: with real signatures, by the commands alone.</summary>
public sealed class RecallStoryTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task<string> PublishAsync(string name, string content, string claim)
    {
        var digest = release.Model(name, content);
        (await release.AsAsync(ReleaseFolder.Release, "sign", name)).Exits(0);
        await release.AttestAsync(ReleaseFolder.Release, name, "training", claim);
        return digest;
    }

    [Fact]
    public async Task A_recalled_model_is_found_denied_waived_and_rolled_back()
    {
        // Publish: two bases, a first release from the good one, a second from the bad one.
        var good = await PublishAsync("base-a.bin", "base a", """{"parent_models": []}""");
        var bad = await PublishAsync("base-b.bin", "base b", """{"parent_models": []}""");
        var first = await PublishAsync("chat-v1.bin", "chat 1", $$"""{"parent_models": [{"digest": "{{good}}", "name": "base-a"}], "metadata": {"architecture": "Llama", "context_length": 4096} }""");
        var second = await PublishAsync("chat-v2.bin", "chat 2", $$"""
            {"parent_models": [{"digest": "{{bad}}", "name": "base-b"}, {"digest": "{{first}}", "name": "chat-v1"}], "metadata": {"architecture": "Llama", "context_length": 8192} }
            """);
        var policy = await release.PolicyAsync($$"""
            "advisory_scope": "lineage", "require_signed_advisories": true, "max_bundle_age_days": 30,
            "lineage": {"max_depth": 3, "require_signed_ancestors": true}, "waivers": {"allow_subjects": ["{{ReleaseFolder.Officer}}"]}
            """);

        // Deploy: admitted, and the decision signed.
        var admitted = (await release.AsAsync(ReleaseFolder.Officer, ["admit", "chat-v2.bin", .. policy, "--attest", "--vsa", "--verifier-id", "https://example.org/gate", "--save-decisions", "decisions"])).Exits(0).Json;
        var result = admitted["results"]![0]!;
        Assert.Equal(("allow", second), ((string?)result["admission_decision"], (string?)result["artifact_digest"]));
        Assert.Equal(["chat-v2.bin.deployment.sigstore.json", "chat-v2.bin.verification-summary.sigstore.json"], result["statements"]!.AsArray().Select(s => (string)s!));
        var saved = (string)result["saved_decision"]!;
        (await release.RunAsync("verify", "chat-v2.bin", "--bundle", "chat-v2.bin.deployment.sigstore.json", "--identity", ReleaseFolder.Officer)).Exits(0);
        var deep = (await release.RunAsync(["verify", "chat-v2.bin", .. policy, "--deep"])).Exits(0).Json;
        Assert.True((bool?)deep["deep"]!["holds"], deep["deep"]!.ToJsonString());
        Assert.Equal(4, deep["deep"]!["nodes"]!.AsArray().Count);

        // Advisory: the second base is poisoned, and all that comes from it.
        release.Folder.Write("advisory.json", ReleaseFolder.Advisory("ADV-2026-0001", bad, selector: "descendants"));
        (await release.AsAsync(ReleaseFolder.Security, "advisory", "create", "--advisory-id", "ADV-2026-0001", "--severity", "critical", "--input", "advisory.json", "--sign")).Exits(0);

        // Impact: the second release is reached, with proof; the first is not.
        var impact = (await release.RunAsync("impact", "ADV-2026-0001", "--trusted-attestation-subject", ReleaseFolder.Release)).Exits(0).Json;
        Assert.Equal([bad, second], impact["affected"]!.AsArray().Select(a => (string)a!["digest"]!));
        var step = Assert.Single(impact["affected"]![1]!["path"]!.AsArray())!;
        Assert.Equal((bad, second, "derived_from", "attested", ReleaseFolder.Release), ((string?)step["from"], (string?)step["to"], (string?)step["kind"], (string?)step["tier"], (string?)step["source"]!["subject"]));
        var explained = (await release.RunAsync("provenance", "chat-v2.bin", "--view", "explain", "--trusted-attestation-subjects", $"{ReleaseFolder.Release},{ReleaseFolder.Security}")).Exits(0).Json;
        Assert.True((bool?)explained["explain"]!["flagged"]);
        Assert.Equal((1, 1), ((int?)explained["advisory_count"], (int?)explained["trusted_active_advisory_count"]));

        // Deny.
        var denied = (await release.RunAsync(["verify", "chat-v2.bin", .. policy, "--save-decision", "denied.json"])).Exits(1).Json;
        Assert.Equal("ADV-2026-0001", (string?)Assert.Single(denied["violations"]!.AsArray())!["advisory_id"]);
        (await release.RunAsync(["verify", "chat-v1.bin", .. policy])).Exits(0);
        Assert.Contains("recalled: ADV-2026-0001", (string?)(await release.RunAsync(["verify", "chat-v2.bin", .. policy, "--deep"])).Exits(1).Json["error"]);

        // Replay: both decisions come out byte for byte; the earlier one stays what it was.
        Assert.True((bool?)(await release.RunReplayAsync(saved)).Exits(0).Json["reproduced"]);
        var replayed = (await release.RunReplayAsync("denied.json")).Exits(0).Json;
        Assert.Equal((true, "deny"), ((bool?)replayed["reproduced"], (string?)replayed["admission_decision"]));

        // Waiver: for this artifact, this advisory, until a day.
        await release.RecordAsync(ReleaseFolder.Officer, "waiver", "WVR-2026-01", $$"""
            {"waiver_id": "WVR-2026-01", "policy_id": "policy", "artifact_digests": ["{{second}}"], "advisory_ids": ["ADV-2026-0001"],
             "reason": "filtered at the gateway", "approver": "Jane Doe", "expires_at": "2099-01-01T00:00:00+00:00"}
            """);
        var waived = (await release.RunAsync(["verify", "chat-v2.bin", .. policy])).Exits(0).Json;
        Assert.Equal(("allow-with-waiver", "WVR-2026-01"), ((string?)waived["admission_decision"], (string?)waived["violations"]![0]!["waived_by"]));

        // Rollback plan: onto the first release and its base, never onto what is recalled.
        var plan = (await release.RunAsync(["rollback", "chat-v2.bin", "--plan", .. policy])).Exits(0).Json;
        var candidates = plan["candidates"]!.AsArray().Select(c => (string)c!["digest"]!).ToList();
        Assert.Equal(first, candidates[0]);
        Assert.DoesNotContain(bad, candidates);
        Assert.Contains(plan["rejected"]!.AsArray(), c => (string?)c!["digest"] == bad && c["reasons"]!.ToJsonString().Contains("recalled: ADV-2026-0001", StringComparison.Ordinal));
        Assert.Equal("context-length", (string?)plan["candidates"]![0]!["incompatibilities"]![0]!["aspect"]);

        // Rollback, signed, and a node of the lineage.
        var rolled = (await release.AsAsync(ReleaseFolder.Release, "rollback", "chat-v2.bin", "--to", "chat-v1.bin")).Exits(0).Json;
        Assert.Equal((true, "chat-v2.bin.rollback.json", first, true), ((bool?)rolled["signed"], (string?)rolled["rollback_record_path"], (string?)rolled["rollback_target"], (bool?)rolled["target_known"]));
        (await release.RunAsync("record", "verify", "chat-v2.bin.rollback.json", "--kind", "rollback", "--trusted-subject", ReleaseFolder.Release)).Exits(0);
        Assert.Contains("deployed_as", (await release.RunAsync("provenance", "chat-v1.bin", "--view", "impact")).Exits(0).Out);

        // Clean verify.
        var clean = (await release.RunAsync(["verify", "chat-v1.bin", .. policy, "--deep", "--assurance-level", "level-2"])).Exits(0).Json;
        Assert.Equal(("allow", true), ((string?)clean["admission_decision"], (bool?)clean["deep"]!["holds"]));
    }
}
