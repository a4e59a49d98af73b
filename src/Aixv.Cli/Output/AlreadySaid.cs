using System.Text.Json.Nodes;

namespace Aixv.Cli.Output;

/// <summary>The end of a command that said all it had to say while it ran.</summary>
internal sealed record AlreadySaid(int ExitCode) : IOutcome
{
    public JsonObject ToJson() => [];

    public void Describe(Report report)
    {
    }
}
