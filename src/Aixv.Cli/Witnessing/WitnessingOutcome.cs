using System.Text.Json.Nodes;
using Aixv.Cli.Output;

namespace Aixv.Cli.Witnessing;

/// <summary>What a person needs to know of a witness that has just started.</summary>
internal sealed record WitnessingOutcome(string Url, string Key, string Folder, IReadOnlyList<string> Logs) : IOutcome
{
    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new()
    {
        ["ok"] = true,
        ["url"] = Url,
        ["key"] = Key,
        ["data"] = Folder,
        ["logs"] = new JsonArray([.. Logs.Select(log => (JsonNode)log)]),
    };

    public void Describe(Report report)
    {
        report.Title(good: true, $"witnessing at {Url}/add-checkpoint");
        report.Row("key", Key);
        report.Row("data", Folder);
        foreach (var log in Logs)
        {
            report.Row("log", log);
        }

        report.Line("Ctrl-C stops it.");
    }
}
