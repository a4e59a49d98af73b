using System.Text;

namespace Aixv.Cli.Tests.Publishing;

/// <summary>The publisher's guide does what it says, and so do the scripts that CI runs.</summary>
public sealed class PublisherGuideTests
{
    private static string Guide => File.ReadAllText(Path.Combine(ShellWorld.Repository, "docs", "publisher-guide.md"));

    private static List<string> Blocks(string language)
    {
        var blocks = new List<string>();
        StringBuilder? block = null;
        foreach (var line in Guide.Split('\n'))
        {
            if (block is null && line == $"```{language}")
            {
                block = new StringBuilder();
            }
            else if (block is not null && line == "```")
            {
                blocks.Add(block.ToString());
                block = null;
            }
            else
            {
                block?.Append(line).Append('\n');
            }
        }

        return blocks;
    }

    [Fact]
    public async Task Every_command_of_the_guide_works_in_its_order()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the guide is for a POSIX shell");
        await using var world = await ShellWorld.StartAsync();
        world.MakeModel("acme/tiny-llm");
        var blocks = Blocks("sh");
        Assert.InRange(blocks.Count, 10, 100);
        var script = string.Join('\n', blocks.Select((block, i) => $"echo '== block {i}' >&2\n{block}"));
        var run = (await world.RunAsync(script)).Exits(0);

        var digest = $"sha256:{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(Path.Combine(world.Model, "model.safetensors"))))}";
        Assert.Contains(digest, run.Out);
        Assert.Contains($"{world.Url}/artifacts/{digest}", run.Out);
        Assert.Contains(digest, Encoding.UTF8.GetString(world.Hub.Files("acme/tiny-llm")["README.md"]));
        Assert.True(File.Exists(Path.Combine(world.Model, "downloaded", "model.training.sigstore.json")));
        Assert.Empty(world.Contents.Leaked);

        // Nobody in particular sees the node as attested.
        using var http = new HttpClient();
        Assert.Contains("\"attested\"", await http.GetStringAsync($"{world.Url}/v1/artifacts/{digest}", TestContext.Current.CancellationToken));

        // A second stranger pastes the card's own commands into a shell that knows nothing.
        var card = Encoding.UTF8.GetString(world.Hub.Files("acme/tiny-llm")["README.md"]).Split("```");
        var commands = card.Single(part => part.StartsWith("sh\naixv ", StringComparison.Ordinal))["sh\n".Length..];
        world["AIXV_HOME"] = Path.Combine(world.Model, "stranger");
        world["SIGSTORE_ID_TOKEN"] = "";
        Assert.Contains("verified", (await world.RunAsync($"cd downloaded\n{commands}")).Exits(0).Out);
        Assert.Contains("refused", (await world.RunAsync($"cd downloaded\nprintf x >>model.safetensors\n{commands.Split('\n').Single(c => c.StartsWith("aixv verify", StringComparison.Ordinal))}")).Exits(1).Out);
    }

    [Fact]
    public async Task The_scripts_of_ci_attest_publish_and_verify_and_fail_when_they_should()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts are for a POSIX shell");
        await using var world = await ShellWorld.StartAsync();
        world.MakeModel("acme/ci");
        world["AIXV_HUB"] = "acme/ci";
        const string Verify = "AIXV_IDENTITY=\"$SIGNER\" AIXV_ISSUER=\"$ISSUER\" \"$AIXV_CI/verify.sh\"";
        (await world.RunAsync(Verify)).Exits(1);
        (await world.RunAsync("\"$AIXV_CI/attest.sh\"")).Exits(0);
        var dry = (await world.RunAsync("AIXV_DRY_RUN=true \"$AIXV_CI/publish.sh\"")).Exits(0);
        Assert.Contains("nothing was sent", dry.Out);
        Assert.Single(world.Hub.Files("acme/ci"));
        (await world.RunAsync("\"$AIXV_CI/publish.sh\"")).Exits(0);
        Assert.Equal(["README.md", "model.safetensors", "model.training.sigstore.json"], world.Hub.Files("acme/ci").Keys);
        (await world.RunAsync($"AIXV_VERIFY_DOWNLOAD=true {Verify}")).Exits(0);

        (await world.RunAsync("AIXV_IDENTITY=somebody@example.org AIXV_ISSUER=\"$ISSUER\" \"$AIXV_CI/verify.sh\"")).Exits(1);
        Assert.Contains("set AIXV_IDENTITY", (await world.RunAsync("\"$AIXV_CI/verify.sh\"")).Exits(1).Error);
        Assert.Contains("another fingerprint", (await world.RunAsync($"AIXV_TRUST_FINGERPRINT={new string('0', 64)} \"$AIXV_CI/attest.sh\"")).Exits(1).Error);
        world.Write("README.md", File.ReadAllText(Path.Combine(world.Model, "README.md")).Replace("license: apache-2.0\n", "", StringComparison.Ordinal));
        Assert.Contains("no license", (await world.RunAsync("\"$AIXV_CI/publish.sh\"")).Exits(1).Error);
    }

    [Fact]
    public void The_action_runs_the_scripts_and_puts_no_input_into_a_script()
    {
        var action = File.ReadAllText(Path.Combine(ShellWorld.Repository, "action.yml"));
        foreach (var script in (string[])["install.sh", "attest.sh", "publish.sh", "verify.sh"])
        {
            Assert.Contains($"$GITHUB_ACTION_PATH/ci/{script}", action);
            Assert.Contains($"ci/{script}", File.ReadAllText(Path.Combine(ShellWorld.Repository, "ci", "gitlab", "aixv.yml")));
            Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Path.Combine(ShellWorld.Repository, "ci", script)).HasFlag(UnixFileMode.UserExecute));
        }

        foreach (var line in action.Split('\n').Where(l => l.Contains("${{", StringComparison.Ordinal)))
        {
            Assert.Matches("^        AIXV_[A-Z_]+: \\$\\{\\{ inputs\\.[a-z-]+ \\}\\}$", line);
        }

        var settings = File.ReadAllText(Path.Combine(ShellWorld.Repository, "ci", "settings.sh"))
            + string.Concat(Directory.GetFiles(Path.Combine(ShellWorld.Repository, "ci"), "*.sh").Select(File.ReadAllText));
        Assert.All(
            action.Split('\n').Where(l => l.StartsWith("        AIXV_", StringComparison.Ordinal)).Select(l => l.Trim().Split(':')[0]).Distinct(),
            variable => Assert.True(settings.Contains(variable, StringComparison.Ordinal) || variable == "AIXV_TRACK_URL", variable));
    }

    [Fact]
    public async Task The_install_script_takes_the_program_that_is_there()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the scripts are for a POSIX shell");
        await using var world = await ShellWorld.StartAsync();
        (await world.RunAsync("\"$AIXV_CI/install.sh\" ../installed && ../installed/aixv version && \"$AIXV_CI/install.sh\" ../installed")).Exits(0);
        (await world.RunAsync("\"$AIXV_CI/install.sh\"")).Exits(2);
    }
}
