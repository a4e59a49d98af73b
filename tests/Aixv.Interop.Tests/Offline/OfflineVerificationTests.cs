using System.Text.RegularExpressions;
using Aixv.Interop.Tests.Authorities;
using Aixv.Interop.Tests.Peers;
using Aixv.Sigstore.Tests;

namespace Aixv.Interop.Tests.Offline;

/// <summary>Our command where there is no network, and what it asks the kernel for where there is one.</summary>
public sealed partial class OfflineVerificationTests(RunningAuthority authority) : IClassFixture<RunningAuthority>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"socket\(AF_INET6?,")]
    private static partial Regex InternetSocket { get; }

    private async Task<string[]> OursAsync(bool attest)
    {
        var bundle = authority.Save($"{attest}.sigstore.json", await authority.SignAsync(attest, Cancel));
        var model = authority.Save($"{attest}.bin", authority.Artifact);
        return ["verify", model, "--bundle", bundle, "--identity", authority.Identity, "--issuer", authority.Url];
    }

    private string[] Public(string name)
    {
        var vector = new Vectors(name);
        var bundle = authority.Save($"{name}.sigstore.json", vector.Bundle);
        return ["verify", authority.Save($"{name}.bin", vector.Artifact), "--bundle", bundle, "--identity", vector.Identity, "--issuer", vector.Issuer];
    }

    private Task<AixvAnswer> RunAsync(string[] inside, params string[] arguments) => AixvCommand.RunAsync(authority.Folder, inside, arguments, Cancel);

    private async Task AcceptedAsync(string[] inside, params string[] arguments)
    {
        var answer = await RunAsync(inside, arguments);
        Assert.True(answer.ExitCode == 0, answer.Json.ToString());
        Assert.True(answer.Json.GetProperty("verified").GetBoolean());
    }

    [Fact]
    public async Task The_namespace_is_without_network()
    {
        var inside = Isolation.Require();
        NodeScript.Require();
        var script = $"require('net').connect({authority.Server.Url.Port}, '127.0.0.1').on('error', () => process.exit(7)).on('connect', () => process.exit(0))";
        Assert.Equal(0, (await Tool.RunAsync("node", ["-e", script], Cancel)).ExitCode);
        Assert.Equal(7, (await Tool.RunAsync(inside[0], [.. inside[1..], "node", "-e", script], Cancel)).ExitCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_bundle_of_our_Authority_verifies_with_a_trusted_root_in_a_file(bool attest) =>
        await AcceptedAsync(Isolation.Require(), [.. await OursAsync(attest), "--trusted-root", authority.Server.TrustedRootPath]);

    [Theory]
    [InlineData("happy-path-v0.3")]
    [InlineData("happy-path-intoto-in-dsse-v3")]
    public async Task A_public_bundle_verifies_with_the_trusted_root_that_the_command_carries(string name) =>
        await AcceptedAsync(Isolation.Require(), [.. Public(name), "--offline"]);

    [Fact]
    public async Task A_bundle_verifies_with_an_instance_that_was_cached_before()
    {
        var inside = Isolation.Require();
        var added = await RunAsync([], "trust", "add", "lab", $"{authority.Url}/tuf", "--root", authority.Save("tuf-root.json", authority.Server.TufRoot));
        Assert.True(added.ExitCode == 0, added.Json.ToString());
        var updated = await RunAsync([], "trust", "update", "lab");
        Assert.True(updated.ExitCode == 0, updated.Json.ToString());
        string[] verify = [.. await OursAsync(attest: false), "--instance", "lab"];
        await AcceptedAsync(inside, verify);
        await AcceptedAsync(inside, [.. verify, "--offline"]);
    }

    [Fact]
    public async Task The_demonstration_needs_only_the_loopback_interface()
    {
        var inside = Isolation.Require();
        Tool.Require("ip");
        string[] demo = ["env", $"AIXV_HOME={authority.Folder}", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh", "dotnet", AixvCommand.Program, "demo", "--once"];
        var result = await Tool.RunAsync(inside[0], [.. inside[1..], .. demo], Cancel);
        Assert.Contains("Every step did what it should", result.Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_trust_material_the_answer_says_what_is_missing()
    {
        var answer = await RunAsync(Isolation.Require(), [.. Public("happy-path-v0.3"), "--offline", "--instance", "nowhere"]);
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains("nowhere", answer.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--trusted-root")]
    [InlineData("--offline")]
    public async Task No_internet_socket_is_opened(string option)
    {
        Tool.Require("strace");
        Assert.SkipUnless(Tool.Succeeds("strace", "-f", "-e", "trace=network", "true"), "strace is not allowed here");
        var trace = Path.Combine(authority.Folder, $"trace{option}");
        string[] strace = ["strace", "-f", "-e", "trace=network", "-o", trace];
        await AcceptedAsync(strace, option == "--offline"
            ? [.. Public("happy-path-v0.3"), option]
            : [.. await OursAsync(attest: false), option, authority.Server.TrustedRootPath]);
        var text = await File.ReadAllTextAsync(trace, Cancel);
        Assert.Contains("exited with 0", text, StringComparison.Ordinal);
        Assert.DoesNotMatch(InternetSocket, text);
    }
}
