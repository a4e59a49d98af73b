using System.Text.Json.Nodes;

namespace Aixv.Cli.Tests;

/// <summary>What a command left behind.</summary>
internal sealed record CliRun(int ExitCode, string Out, string Error)
{
    public JsonObject Json
    {
        get
        {
            Assert.EndsWith("\n", Out);
            Assert.DoesNotContain('\n', Out[..^1]);
            return JsonNode.Parse(Out)!.AsObject();
        }
    }

    public CliRun Exits(int expected)
    {
        Assert.True(ExitCode == expected, $"exit code {ExitCode}, expected {expected}\n{Out}\n{Error}");
        return this;
    }
}
