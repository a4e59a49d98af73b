using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Aixv.Cli.Tests.Stories;

/// <summary>docs/track.md, "From nothing to a receipt", as a stranger types it: against a real server, which is stopped before the receipt is verified.</summary>
public sealed partial class RegistryWalkTests : IDisposable
{
    private const string Address = "http://localhost:3000";
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block { get; }

    [GeneratedRegex("serving (http://[^ \n]+)")]
    private static partial Regex Served { get; }

    [GeneratedRegex("operator +(aixv_[a-z0-9]+)")]
    private static partial Regex OperatorKey { get; }

    private ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder.Path,
            Environment = { ["AIXV_HOME"] = Path.Combine(folder.Path, "home"), ["AIXV_PROGRAM"] = typeof(CommandLine).Assembly.Location },
        };
        start.Environment.Remove("AIXV_TRACK_KEY");
        return start;
    }

    private async Task<(Process Server, string Said)> ServeAsync()
    {
        var server = Process.Start(Start("dotnet", typeof(CommandLine).Assembly.Location, "serve", "--data", "registry", "--no-authority", "--port", "0", "--quiet"))!;
        var said = "";
        while (!said.Contains("Ctrl-C", StringComparison.Ordinal))
        {
            said += await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) + "\n";
        }

        return (server, said);
    }

    private async Task<string> ShellAsync(string script)
    {
        using var shell = Process.Start(Start("sh", "-eu", "-c", $"aixv() {{ dotnet \"$AIXV_PROGRAM\" \"$@\"; }}\n{script}"))!;
        var (output, error) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(shell.ExitCode == 0, $"{script}\n{await output}\n{await error}");
        return await output;
    }

    [Fact]
    public async Task Every_command_of_the_guide_works_and_the_receipt_stands_without_the_server()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/curl") || File.Exists("/bin/curl"), "curl is not installed");
        var blocks = Block.Matches(await File.ReadAllTextAsync(Path.Combine(Vector.RepositoryRoot, "docs", "track.md"), TestContext.Current.CancellationToken))
            .Select(m => m.Groups[1].Value).ToList();
        Assert.StartsWith("aixv serve", blocks[0]);
        var (server, said) = await ServeAsync();
        try
        {
            var url = Served.Match(said).Groups[1].Value;
            var made = await ShellAsync(blocks[1].Replace("aixv_…", OperatorKey.Match(said).Groups[1].Value, StringComparison.Ordinal)
                .Replace("create acme", $"create acme --server {url}", StringComparison.Ordinal));
            var key = Regex.Match(made, "key +(aixv_[a-z0-9]+)").Groups[1].Value;
            var settings = blocks[2].Replace("aixv_…", key, StringComparison.Ordinal).Replace(Address, url, StringComparison.Ordinal);
            var answers = await ShellAsync(settings + blocks[3] + blocks[4]);
            Assert.DoesNotContain("http_status", answers, StringComparison.Ordinal);
            Assert.Contains("\"relationship\":\"trained_on\"", answers, StringComparison.Ordinal);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync(TestContext.Current.CancellationToken);
            server.Dispose();
        }

        Assert.StartsWith("aixv receipt verify", blocks[5]);
        Assert.Contains("in the log", await ShellAsync(blocks[5]), StringComparison.Ordinal);
    }
}
