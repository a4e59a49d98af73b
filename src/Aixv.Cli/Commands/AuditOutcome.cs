using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Track.Hosting;

namespace Aixv.Cli.Commands;

/// <summary>What an audit of a registry found.</summary>
/// <param name="Report">The findings.</param>
/// <param name="Compared">Whether there was an earlier checkpoint to compare with.</param>
internal sealed record AuditOutcome(AuditReport Report, bool Compared) : IOutcome
{
    public int ExitCode => Report.Faults.Count == 0 ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson() => new()
    {
        ["ok"] = Report.Faults.Count == 0,
        ["entries"] = Report.Entries,
        ["compared"] = Compared,
        ["checkpoint"] = Report.Checkpoint,
        ["faults"] = new JsonArray([.. Report.Faults.Select(f => (JsonNode)f)]),
    };

    public void Describe(Report report)
    {
        report.Title(Report.Faults.Count == 0, Report.Faults.Count == 0 ? "log, blobs and index agree" : "log, blobs and index do not agree");
        report.Row("entries", $"{Report.Entries}");
        report.Row("grew since", Compared ? "the given checkpoint" : "(none given: --since)");
        foreach (var fault in Report.Faults)
        {
            report.Line($"  {fault}");
        }
    }
}
