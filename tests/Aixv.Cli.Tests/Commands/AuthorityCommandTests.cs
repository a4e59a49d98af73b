using Aixv.Authority.Hosting;

namespace Aixv.Cli.Tests.Commands;

public sealed class AuthorityCommandTests : IDisposable
{
    private readonly CliFolder folder = new() { ForbidNetwork = false };

    public void Dispose() => folder.Dispose();

    private async Task<string> MakeAsync()
    {
        var data = Path.Combine(folder.Path, "data");
        await using var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = data, Port = 0 }, TestContext.Current.CancellationToken);
        return data;
    }

    [Fact]
    public async Task Accounts_are_added_shown_and_removed()
    {
        await MakeAsync();
        var user = (await folder.RunAsync("authority", "user", "add", "ada", "--email", "ada@example.com", "--data", "data", "--json")).Exits(0).Json;
        Assert.True(((string?)user["password"])!.Length >= 20);
        var machine = (await folder.RunAsync("authority", "machine", "add", "builder", "--data", "data", "--json")).Exits(0).Json;
        Assert.True(((string?)machine["secret"])!.Length >= 40);
        folder["PASSWORD"] = "a password of mine";
        var given = (await folder.RunAsync("authority", "user", "add", "bob", "--email", "bob@example.com", "--password-env", "PASSWORD", "--data", "data")).Exits(0);
        Assert.DoesNotContain("a password of mine", given.Out);
        var shown = (await folder.RunAsync("authority", "show", "--data", "data", "--json")).Exits(0).Json;
        Assert.Equal(["ada", "admin", "bob", "builder", "machine"], shown["accounts"]!.AsArray().Select(a => (string?)a!["name"]).Order(StringComparer.Ordinal));
        Assert.Equal(64, ((string?)shown["root_fingerprint"])!.Length);
        Assert.DoesNotContain("secret", (await folder.RunAsync("authority", "show", "--data", "data")).Exits(0).Out);

        (await folder.RunAsync("authority", "machine", "remove", "ada", "--data", "data")).Exits(1);
        (await folder.RunAsync("authority", "user", "remove", "ada", "--data", "data")).Exits(0);
        Assert.Contains("there is no user account 'ada'", (await folder.RunAsync("authority", "user", "remove", "ada", "--data", "data")).Exits(1).Error);
    }

    [Fact]
    public async Task Rotated_keys_do_not_break_old_bundles()
    {
        var data = await MakeAsync();
        folder.Write("model.bin", "weights");
        string identity;
        await using (var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = data, Port = 0 }, TestContext.Current.CancellationToken))
        {
            identity = $"{server.Url.AbsoluteUri.TrimEnd('/')}/machines/machine";
            (await folder.RunAsync("sign", "model.bin", "--identity-token", server.IssueToken("machine"), "--trust-config", server.ClientTrustConfigPath)).Exits(0);
        }

        var rotated = (await folder.RunAsync("authority", "rotate", "all", "--data", "data", "--json")).Exits(0).Json;
        Assert.Equal(["oidc", "certificate-authority", "ct-log", "rekor", "timestamp-authority", "tuf"], rotated["rotated"]!.AsArray().Select(r => (string?)r));
        await using (var server = await AuthorityServer.StartAsync(new AuthorityOptions { DataFolder = data, Port = 0 }, TestContext.Current.CancellationToken))
        {
            (await folder.RunAsync("verify", "model.bin", "--identity", identity, "--trust-config", server.ClientTrustConfigPath)).Exits(0);
        }

        Assert.Contains("unknown service: rekord", (await folder.RunAsync("authority", "rotate", "rekord", "--data", "data")).Exits(1).Error);
    }

    [Fact]
    public async Task A_missing_data_folder_is_the_worlds_failure() =>
        Assert.Contains("there is no data folder", (await folder.RunAsync("authority", "show", "--data", "none")).Exits(3).Error);
}
