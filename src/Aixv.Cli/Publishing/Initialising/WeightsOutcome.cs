using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Publishing.Initialising;

/// <summary>A model's files, one a line.</summary>
internal sealed record WeightsOutcome(IReadOnlyList<string> Weights) : IOutcome
{
    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new() { ["ok"] = true, ["weights"] = new JsonArray([.. Weights.Select(w => (JsonNode)w)]) };

    public void Describe(Report report)
    {
        foreach (var file in Weights)
        {
            report.Line(file);
        }
    }
}
