using System.Text.Json.Nodes;

namespace Aixv.Cli.Output;

/// <summary>What a command found or did, told in JSON to programs and in words to people.</summary>
internal interface IOutcome
{
    int ExitCode { get; }

    /// <summary>The members of the answer, <c>ok</c> among them.</summary>
    JsonObject ToJson();

    void Describe(Report report);
}
