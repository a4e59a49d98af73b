namespace Aixv.Cli.Tests.Commands;

public sealed class RollbackCommandTests : IDisposable
{
    private readonly ReleaseFolder release;
    private readonly string now;

    public RollbackCommandTests(PrivateInstance instance)
    {
        release = new ReleaseFolder(instance);
        now = release.Model("model-v2.safetensors", "second");
    }

    public void Dispose() => release.Dispose();

    private bool HasWritten => release.Folder.Has("model-v2.safetensors.rollback.json") || release.Folder.Has(".aixv/records");

    [Fact]
    public async Task A_target_is_normalised_and_must_be_known()
    {
        var target = release.Model("model-v1.safetensors", "first");
        string[] rollback = ["rollback", "model-v2.safetensors", "--no-sign", "--to"];
        Assert.StartsWith($"unknown rollback target: no record of the store names {target}", (string?)(await release.RunAsync([.. rollback, target])).Exits(1).Json["error"]);
        Assert.False(HasWritten);
        await release.AttestAsync(ReleaseFolder.Release, "model-v1.safetensors", "training", """{"parent_models": []}""");
        foreach (var written in (string[])[target, $" {target.ToUpperInvariant()} ", target["sha256:".Length..], "model-v1.safetensors"])
        {
            Assert.Equal(target, (string?)(await release.RunAsync([.. rollback, written])).Exits(0).Json["rollback_target"]);
        }
    }

    [Theory]
    [InlineData("sha256:abc", "invalid rollback target: sha256:abc is neither a sha256 digest")]
    [InlineData("0123456789abcdef0123456789abcdef01234567", "invalid rollback target: 0123456789abcdef0123456789abcdef01234567 is a git commit id")]
    [InlineData("model-v2.safetensors", "invalid rollback target: ")]
    public async Task What_is_no_target_is_refused_and_nothing_written(string to, string message)
    {
        Assert.StartsWith(message, (string?)(await release.RunAsync("rollback", "model-v2.safetensors", "--to", to, "--no-sign", "--allow-unknown")).Exits(1).Json["error"]);
        Assert.False(HasWritten);
    }

    [Fact]
    public async Task It_signs_unless_told_otherwise_and_a_failure_leaves_nothing()
    {
        var target = $"sha256:{new string('a', 64)}";
        string[] rollback = ["rollback", "model-v2.safetensors", "--to", target, "--allow-unknown"];
        Assert.StartsWith("missing OIDC token", (string?)(await release.RunAsync(rollback)).Exits(1).Json["error"]);
        Assert.False(HasWritten);
        var json = (await release.RunAsync([.. rollback, "--no-sign"])).Exits(0).Json;
        Assert.Equal((false, false), ((bool?)json["signed"], (bool?)json["target_known"]));
        var payload = json["record"]!["payload"]!;
        Assert.Equal(("rollback", now, target), ((string?)payload["event_type"], (string?)payload["artifact_digest"], (string?)payload["rollback_target"]));
        Assert.Matches("^RBK-[0-9]{8}T[0-9]{6}Z-[0-9a-f]{12}$", (string?)json["record_id"]);
        Assert.Equal(release.Folder.Read((string)json["store_path"]!), release.Folder.Read("model-v2.safetensors.rollback.json"));
        json = (await release.RunAsync(["rollback", now, .. rollback[2..], "--no-sign"])).Exits(0).Json;
        Assert.StartsWith(".aixv/records/rollback/RBK-", (string?)json["rollback_record_path"]);
    }

    [Fact]
    public async Task A_plan_without_candidates_exits_1()
    {
        release.Folder.Write("p.json", $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{ReleaseFolder.Release}}"]}""");
        var json = (await release.RunAsync("rollback", "model-v2.safetensors", "--plan", "--policy", "p.json", "--no-require-signed-policy")).Exits(1).Json;
        Assert.StartsWith("no candidate is known", (string?)json["error"]);
        Assert.False(HasWritten);
    }

    [Fact]
    public async Task A_plan_takes_signatures_that_lie_beside_the_artifact()
    {
        var first = release.Model("model-v1.safetensors", "first");
        (await release.AsAsync(ReleaseFolder.Release, "sign", "model-v1.safetensors")).Exits(0);
        await release.AttestAsync(ReleaseFolder.Stranger, "model-v2.safetensors", "training", $$"""{"parent_models": [{"digest": "{{first}}"}]}""");
        var policy = await release.PolicyAsync();
        var words = (await release.SayAsync(["rollback", "model-v2.safetensors", "--plan", .. policy])).Exits(0).Out;
        Assert.Contains($"1. sha256:{first[7..19]}…", words);
        Assert.Contains($"signed by {ReleaseFolder.Release}", words);
        File.Delete(Path.Combine(release.Folder.Path, "model-v1.safetensors.sigstore.json"));
        var json = (await release.RunAsync(["rollback", "model-v2.safetensors", "--plan", .. policy])).Exits(1).Json;
        Assert.Contains("no verified signature of the artifact", json["rejected"]![0]!["reasons"]!.ToJsonString());
    }

    [Theory]
    [InlineData("Give either --to, or --plan with --policy")]
    [InlineData("--plan needs --policy", "--plan")]
    [InlineData("Give either --to, or --plan with --policy", "--plan", "--policy", "p", "--to", "x")]
    public async Task To_and_plan_exclude_each_other(string message, params string[] options) =>
        Assert.Contains(message, (await release.SayAsync(["rollback", "model-v2.safetensors", .. options])).Exits(2).Error);

    [Fact]
    public async Task A_delta_is_signed_with_its_base()
    {
        release.Model("base.bin", "base");
        string[] delta = ["sign-delta", "model-v2.safetensors", "--base", "base.bin", "--update-type", "dpo"];
        var json = (await release.AsAsync(ReleaseFolder.Release, delta)).Exits(0).Json;
        Assert.Equal((true, "cl-delta", "model-v2.cl-delta.sigstore.json"), ((bool?)json["signed"], (string?)json["predicate"], (string?)json["signature"]!["bundle_path"]));
        (await release.RunAsync("verify", "model-v2.safetensors", "--bundle", "model-v2.cl-delta.sigstore.json", "--identity", ReleaseFolder.Release)).Exits(0);
        Assert.Equal(release.DigestOf("base.bin"), (string?)(await release.RunAsync("provenance", "model-v2.safetensors")).Exits(0).Json["parents"]![0]!["digest"]);
        Assert.StartsWith("missing OIDC token", (string?)(await release.RunAsync(delta)).Exits(1).Json["error"]);
        Assert.Contains("update_type", (string?)(await release.RunAsync([.. delta[..^1], "magic"])).Exits(1).Json["error"]);
        Assert.Contains("is the artifact itself", (string?)(await release.RunAsync("sign-delta", "model-v2.safetensors", "--base", now, "--update-type", "sft")).Exits(1).Json["error"]);
    }
}
