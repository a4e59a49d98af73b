using System.Text.Json;

namespace Aixv.Interop.Tests.Peers;

/// <summary>Our command, as a process: <c>aixv.dll</c> is beside the tests, for they refer to its project.</summary>
internal static class AixvCommand
{
    internal static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "aixv.dll");

    /// <summary>Runs it, perhaps inside another program such as <c>unshare</c>, with its state in <paramref name="home"/>.</summary>
    internal static async Task<AixvAnswer> RunAsync(string home, string[] inside, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        string[] line = [.. inside, "env", $"AIXV_HOME={home}", "dotnet", Program, .. arguments, "--json"];
        var result = await Tool.RunAsync(line[0], line[1..], cancellationToken);
        Assert.True(result.Output.StartsWith('{'), $"exit code {result.ExitCode}\n{result.Output}\n{result.Error}");
        using var document = JsonDocument.Parse(result.Output);
        return new AixvAnswer(result.ExitCode, document.RootElement.Clone());
    }
}
