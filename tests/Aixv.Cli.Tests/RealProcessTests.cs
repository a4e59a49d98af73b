using System.Diagnostics;

namespace Aixv.Cli.Tests;

/// <summary>The program as the shell sees it.</summary>
public sealed class RealProcessTests : IDisposable
{
    private readonly CliFolder folder = new();

    public void Dispose() => folder.Dispose();

    private async Task<CliRun> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = folder.Path,
            ArgumentList = { typeof(CommandLine).Assembly.Location },
            Environment = { ["AIXV_HOME"] = folder.Path, ["LC_ALL"] = "C" },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, await output, await error);
    }

    [Fact]
    public async Task A_verification_exits_0_and_a_refusal_1()
    {
        var vector = new Vector("rekor2-happy-path");
        var run = (await RunAsync(vector.FullArguments)).Exits(0);
        Assert.StartsWith("[ok] ", run.Out);
        Assert.True(run.Out.All(char.IsAscii));
        Assert.Equal("", run.Error);
        (await RunAsync(new Vector("set-invalid-signature_fail").FullArguments)).Exits(1);
    }

    [Fact]
    public async Task Usage_errors_exit_2() => (await RunAsync("verify")).Exits(2);

    [Fact]
    public async Task Json_is_one_line() => Assert.True((bool?)(await RunAsync("version", "--json")).Exits(0).Json["ok"]);
}
