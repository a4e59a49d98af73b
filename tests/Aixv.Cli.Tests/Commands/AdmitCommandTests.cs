namespace Aixv.Cli.Tests.Commands;

public sealed class AdmitCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly ReleaseFolder release = new(instance);

    public void Dispose() => release.Dispose();

    private async Task<string[]> FolderAsync()
    {
        Directory.CreateDirectory(Path.Combine(release.Folder.Path, "models", "inner"));
        foreach (var (name, by) in ((string, string)[])[("models/a.bin", ReleaseFolder.Release), ("models/inner/b.bin", ReleaseFolder.Release), ("models/c.bin", ReleaseFolder.Stranger)])
        {
            release.Model(name, name);
            (await release.AsAsync(by, "sign", name)).Exits(0);
        }

        release.Model("models/d.bin", "unsigned");
        release.Folder.Write("models/.hidden", "");
        return await release.PolicyAsync();
    }

    [Fact]
    public async Task Each_artifact_of_a_folder_is_judged_and_one_denial_exits_1()
    {
        var policy = await FolderAsync();
        var json = (await release.RunAsync(["admit", "models", .. policy])).Exits(1).Json;
        Assert.Equal(
            [("models/a.bin", "allow"), ("models/c.bin", "deny"), ("models/d.bin", "deny"), ("models/inner/b.bin", "allow")],
            json["results"]!.AsArray().Select(r => ((string)r!["artifact"]!, (string)r["admission_decision"]!)));
        Assert.Equal((2, 2, "admission denied for 2 of 4 artifacts"), ((int?)json["admitted_count"], (int?)json["denied_count"], (string?)json["error"]));
        Assert.Equal("subject-not-allowed", (string?)json["results"]![1]!["violations"]![0]!["code"]);
        Assert.Equal("no verified signature of the artifact: none was found", (string?)json["results"]![2]!["policy_violations"]![0]);
        Assert.Equal(2, (int?)(await release.RunAsync(["admit", "models/a.bin", "models/inner/b.bin", .. policy])).Exits(0).Json["admitted_count"]);
        Assert.Contains("✗ models/c.bin: deny", (await release.SayAsync(["admit", "models", .. policy])).Exits(1).Out);
    }

    [Fact]
    public async Task Many_artifacts_of_one_base_are_judged_with_their_ancestors()
    {
        var root = release.Model("base.bin", "base");
        await release.AttestAsync(ReleaseFolder.Release, "base.bin", "training", """{"parent_models": []}""");
        Directory.CreateDirectory(Path.Combine(release.Folder.Path, "many"));
        foreach (var name in Enumerable.Range(0, 6).Select(i => $"many/m{i}.bin"))
        {
            release.Model(name, name);
            await release.AttestAsync(ReleaseFolder.Release, name, "training", $$"""{"parent_models": [{"digest": "{{root}}"}]}""");
        }

        foreach (var input in Directory.GetFiles(Path.Combine(release.Folder.Path, "many"), "*.input.json"))
        {
            File.Delete(input);
        }

        var policy = await release.PolicyAsync(""" "lineage": {"require_signed_ancestors": true}""");
        Assert.Equal(6, (int?)(await release.RunAsync(["admit", "many", .. policy])).Exits(0).Json["admitted_count"]);
        foreach (var attestation in Directory.GetFiles(Path.Combine(release.Folder.Path, ".aixv", "attestations"), $"sha256_{root[7..]}*"))
        {
            File.Delete(attestation);
        }

        var json = (await release.RunAsync(["admit", "many", .. policy])).Exits(1).Json;
        Assert.All(json["results"]!.AsArray(), result => Assert.Equal("ancestor-not-signed", (string?)result!["violations"]![0]!["code"]));
    }

    [Fact]
    public async Task A_broken_bundle_denies_and_an_attestation_does_not_stand_in_for_it()
    {
        var policy = await FolderAsync();
        await release.AttestAsync(ReleaseFolder.Release, "models/d.bin", "training", """{"parent_models": []}""");
        (await release.RunAsync(["admit", "models/d.bin", .. policy])).Exits(0);
        release.Folder.Write("models/d.bin.sigstore.json", "{}");
        var json = (await release.RunAsync(["admit", "models/d.bin", .. policy])).Exits(1).Json;
        Assert.Contains("not a Sigstore bundle", (string?)json["results"]![0]!["policy_violations"]![0]);
    }

    [Fact]
    public async Task A_decision_to_deny_is_no_signature_of_the_artifact()
    {
        release.Model("x.bin", "x");
        var policy = await release.PolicyAsync();
        (await release.AsAsync(ReleaseFolder.Release, ["admit", "x.bin", .. policy, "--attest"])).Exits(1);
        Assert.True(release.Folder.Has("x.bin.deployment.sigstore.json"));
        (await release.RunAsync(["admit", "x.bin", .. policy])).Exits(1);
    }

    [Fact]
    public async Task A_saved_decision_is_reproduced_byte_for_byte_and_answers_what_if()
    {
        var policy = await FolderAsync();
        var json = (await release.RunAsync(["verify", "models/a.bin", .. policy, "--save-decision", "d.json"])).Exits(0).Json;
        Assert.Equal("d.json", (string?)json["saved_decision"]);
        var replay = (await release.RunReplayAsync("d.json")).Exits(0).Json;
        Assert.Equal((true, "allow", 0), ((bool?)replay["reproduced"], (string?)replay["admission_decision"], replay["differences"]!.AsArray().Count));
        Assert.Contains("d.json: reproduced, byte for byte", (await release.Folder.RunAsync("decision", "replay", "d.json")).Exits(0).Out);

        release.Folder.Write("other.json", $$"""{"policy_type": "aixv.policy/v1", "allow_subjects": ["{{ReleaseFolder.Security}}"]}""");
        replay = (await release.RunReplayAsync("d.json", "--policy", "other.json")).Exits(1).Json;
        Assert.Equal(("allow", "deny", "subject-not-allowed"), ((string?)replay["saved_decision"], (string?)replay["admission_decision"], (string?)replay["violations"]![0]!["code"]));
        replay = (await release.RunReplayAsync("d.json", "--as-of", "2020-01-01T00:00:00Z")).Exits(1).Json;
        Assert.Equal("signature-not-verified", (string?)replay["violations"]![0]!["code"]);
        Assert.StartsWith("--as-of: 'yesterday' is not an RFC 3339 time", (string?)(await release.RunReplayAsync("d.json", "--as-of", "yesterday")).Exits(1).Json["error"]);

        release.Folder.Write("d.json", release.Folder.Read("d.json").Replace("\"decision\":\"allow\"", "\"decision\":\"deny\"", StringComparison.Ordinal));
        replay = (await release.RunReplayAsync("d.json")).Exits(1).Json;
        Assert.Equal("""["decision"]""", replay["differences"]!.ToJsonString());
        Assert.Contains("the saved decision is not what its evidence and policy give", (string?)replay["error"]);
    }

    [Theory]
    [InlineData("'--policy' is required", "models")]
    [InlineData("--vsa and --verifier-id URI belong together", "models", "--policy", "p", "--vsa")]
    public async Task Usage_is_said(string message, params string[] arguments) => Assert.Contains(message, (await release.SayAsync(["admit", .. arguments])).Exits(2).Error);
}
