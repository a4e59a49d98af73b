namespace Aixv.Cli.Tests.Commands;

public sealed class StoreCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly RecordFolder records = new(instance);

    private CliFolder Folder => records.Folder;

    public void Dispose() => records.Dispose();

    [Fact]
    public async Task A_sound_store_passes()
    {
        (await records.SignedAsync("policy", "create", "--input", "policy.json")).Exits(0);
        var json = (await Folder.RunAsync("store", "check", "--json")).Exits(0);
        Assert.Equal(
            """
            {"attestation_count": 0, "not_looked_at": [], "ok": true, "problem_count": 0, "problems": [], "record_count": 1, "store": ".aixv"}

            """,
            json.Out);
    }

    [Fact]
    public async Task Every_kind_of_trouble_is_named()
    {
        Assert.Contains("store not found: .aixv", (await Folder.RunAsync("store", "check")).Exits(1).Error);
        (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "a")).Exits(0);
        (await records.SignedAsync("policy", "create", "--input", "policy.json", "--policy-id", "b")).Exits(0);
        (await Folder.RunAsync("policy", "create", "--input", "policy.json", "--policy-id", "c")).Exits(0);
        var root = Path.Combine(Folder.Path, ".aixv", "policies");
        File.Copy(Path.Combine(root, "a.json.sigstore.json"), Path.Combine(root, "b.json.sigstore.json"), overwrite: true);
        File.Copy(Path.Combine(root, "a.json.sigstore.json"), Path.Combine(root, "gone.json.sigstore.json"));
        File.WriteAllText(Path.Combine(root, "cut.json"), "{\"schema\":");
        var json = (await Folder.RunAsync("store", "check", "--json")).Exits(1).Json;
        Assert.Equal(
            ["bundle-of-another policies/b.json.sigstore.json", "not-signed policies/c.json", "truncated policies/cut.json", "record-missing policies/gone.json.sigstore.json"],
            json["problems"]!.AsArray().Select(problem => $"{problem!["fault"]} {problem["path"]}"));
        Assert.Equal("store check", (string?)json["command"]);
        Assert.Contains("4 problems in .aixv", (await Folder.RunAsync("store", "check")).Exits(1).Error);
    }
}
