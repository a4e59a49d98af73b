namespace Aixv.Cli.Tests.Commands;

public sealed class TrustCommandTests(PrivateInstance instance) : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_instance_is_added_used_shown_and_removed()
    {
        var added = (await folder.RunAsync("trust", "add", "mine", instance.Repository, "--fingerprint", instance.Fingerprint, "--json")).Exits(0).Json;
        Assert.Equal("mine", (string?)added["instance"]!["name"]);
        Assert.Equal(instance.Fingerprint, (string?)added["instance"]!["root_fingerprint"]);

        folder.Write("model.bin", "weights");
        folder["SIGSTORE_ID_TOKEN"] = instance.Token;
        folder["AIXV_INSTANCE"] = "mine";
        (await folder.RunAsync("sign", "model.bin")).Exits(0);
        (await folder.RunAsync("verify", "model.bin", "--identity", instance.Identity)).Exits(0);
        (await folder.RunAsync("verify", "model.bin", "--identity", instance.Identity, "--offline")).Exits(0);
        (await folder.RunAsync("verify", "model.bin", "--identity", instance.Identity, "--instance", "public", "--offline")).Exits(1);

        (await folder.RunAsync("trust", "update", "mine")).Exits(0);
        var shown = (await folder.RunAsync("trust", "show", "mine", "--json")).Exits(0).Json;
        Assert.True((bool?)shown["instance"]!["cache"]!["fresh"]);
        var listed = (await folder.RunAsync("trust", "list", "--json")).Exits(0).Json;
        Assert.Equal(["public", "staging", "mine"], listed["instances"]!.AsArray().Select(i => (string?)i!["name"]));
        Assert.Contains("public (built in)", (await folder.RunAsync("trust", "list")).Exits(0).Out);

        Assert.Equal("{\"ok\": true, \"removed\": \"mine\"}\n", (await folder.RunAsync("trust", "remove", "mine", "--json")).Exits(0).Out);
        var failed = (await folder.RunAsync("trust", "show", "mine", "--json")).Exits(1).Json;
        Assert.Equal("trust show", (string?)failed["command"]);
        Assert.StartsWith("instance 'mine': not known", (string?)failed["error"]);
    }

    [Fact]
    public async Task Another_fingerprint_is_refused_and_nothing_kept()
    {
        var other = new string('0', 64);
        Assert.Contains(instance.Fingerprint, (await folder.RunAsync("trust", "add", "mine", instance.Repository, "--fingerprint", other)).Exits(1).Error);
        (await folder.RunAsync("trust", "show", "mine")).Exits(1);
    }

    [Fact]
    public async Task A_root_file_needs_no_network()
    {
        File.WriteAllBytes(Path.Combine(folder.Path, "root.json"), instance.Server.TufRoot);
        (await folder.RunAsync("trust", "add", "mine", "http://127.0.0.1:1", "--root", "root.json")).Exits(0);
        var json = (await folder.RunAsync("trust", "update", "mine", "--json")).Exits(3).Json;
        Assert.Equal("trust update", (string?)json["command"]);
        (await folder.RunAsync("trust", "add", "other", "http://127.0.0.1:1", "--root", "none.json")).Exits(1);
    }

    [Fact]
    public async Task Built_in_instances_stay() =>
        Assert.Contains("built in", (await folder.RunAsync("trust", "remove", "public")).Exits(1).Error);
}
