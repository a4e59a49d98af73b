using System.Text.Json.Nodes;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Tests.Commands;

public sealed class TrackCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    private async Task<JsonNode> JsonAsync(params string[] args) => JsonNode.Parse((await folder.RunAsync([.. args, "--json", "--data", "data"])).Exits(0).Out)!;

    /// <summary>What the first start of a server leaves.</summary>
    private async Task MakeRegistryAsync()
    {
        await using var server = await TrackServer.StartAsync(new TrackOptions { DataFolder = Path.Combine(folder.Path, "data", "track"), Port = 0 }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task No_registry_is_made_by_a_folder_that_is_mistyped()
    {
        Assert.Contains("no registry in", (await folder.RunAsync("tenant", "create", "acme", "--data", "data")).Exits(1).Error, StringComparison.Ordinal);
        Assert.False(folder.Has("data"));
    }

    [Fact]
    public async Task Tenants_and_keys_are_made_in_the_storage_of_a_stopped_server()
    {
        await MakeRegistryAsync();
        var tenant = await JsonAsync("tenant", "create", "acme", "--public", "--entries-per-day", "5");
        Assert.Equal(("acme", "public", 5), ((string)tenant["name"]!, (string)tenant["visibility"]!, (int)tenant["entries_per_day"]!));
        var key = await JsonAsync("key", "create", "acme", "--scopes", "models:write,datasets:*", "--name", "ci");
        Assert.StartsWith("aixv_", (string)key["key"]!, StringComparison.Ordinal);
        Assert.Equal("ci", (string)(await JsonAsync("key", "list", "acme"))["api_keys"]![0]!["name"]!);
        Assert.Equal("revoked", (string)(await JsonAsync("key", "revoke", "acme", (string)key["id"]!))["status"]!);
        Assert.Equal("suspended", (string)(await JsonAsync("tenant", "update", "acme", "--suspend"))["status"]!);
        Assert.Equal(2, (int)(await JsonAsync("tenant", "list"))["total"]!);
        Assert.Contains("already", (await folder.RunAsync("tenant", "create", "acme", "--data", "data")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("scopes", (await folder.RunAsync("key", "create", "acme", "--scopes", "everything", "--data", "data")).Exits(1).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agents_are_registered_and_suspended_in_the_storage_of_a_stopped_server()
    {
        await MakeRegistryAsync();
        await JsonAsync("tenant", "create", "acme");
        folder.Write("trainer.pub", Transparency.Keys.SigningKey.Generate(Transparency.Keys.KeyAlgorithm.Ed25519).PublicKey.ToPem());
        var agent = await JsonAsync("agent", "register", "trainer", "--tenant", "acme", "--public-key", "trainer.pub", "--type", "pipeline");
        Assert.Equal(("authenticated", "active"), ((string)agent["trust_level"]!, (string)agent["status"]!));
        Assert.Equal("suspended", (string)(await JsonAsync("agent", "suspend", (string)agent["agent_id"]!, "--tenant", "acme", "--reason", "key lost"))["status"]!);
        Assert.Equal(1, (int)(await JsonAsync("agent", "list", "--tenant", "acme"))["total"]!);
        Assert.Equal(0, (int)(await JsonAsync("agent", "list"))["total"]!);
        Assert.All((await JsonAsync("key", "list", "acme"))["api_keys"]!.AsArray(), key => Assert.Equal("revoked", (string)key!["status"]!));
        Assert.Contains("no agent", (await folder.RunAsync("agent", "revoke", (string)agent["id"]!, "--data", "data")).Exits(1).Error, StringComparison.Ordinal);
        Assert.Contains("--issuer", (await folder.RunAsync("agent", "register", "x", "--identity", "a@b", "--data", "data")).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_is_audited_rebuilt_copied_and_restored()
    {
        await MakeRegistryAsync();
        await JsonAsync("tenant", "create", "acme");
        var audited = await JsonAsync("track", "audit", "--since", "last.checkpoint");
        Assert.False((bool)audited["compared"]!);
        await JsonAsync("tenant", "create", "other");
        Assert.True((bool)(await JsonAsync("track", "audit", "--since", "last.checkpoint"))["compared"]!);
        Assert.True((long)(await JsonAsync("track", "rebuild"))["entries"]! > 5);
        await JsonAsync("track", "backup", "copy");
        (await folder.RunAsync("track", "restore", "copy", "--data", "new")).Exits(2);
        (await folder.RunAsync("track", "restore", "copy", "--data", "new", "--latest-checkpoint", "last.checkpoint")).Exits(0);
        await JsonAsync("tenant", "create", "third");
        await JsonAsync("track", "audit", "--since", "last.checkpoint");
        Assert.Contains("was cut", (await folder.RunAsync("track", "restore", "copy", "--data", "newer", "--latest-checkpoint", "last.checkpoint")).Exits(3).Error);
    }

    [Fact]
    public async Task What_is_no_registry_is_said() =>
        Assert.Contains("no log.key", (await folder.RunAsync("track", "audit", "--data", "nothing")).Exits(3).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("storage", "mysql")]
    [InlineData("blobs", "tape")]
    [InlineData("config", "absent.json")]
    public async Task A_setting_that_is_not_usable_is_named(string name, string value) =>
        Assert.Contains($"{name}: ", (await folder.RunAsync("serve", $"--{name}", value, "--data", "data", "--quiet")).Exits(2).Error, StringComparison.Ordinal);
}
