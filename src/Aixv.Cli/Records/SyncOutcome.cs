using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Cli.Trust;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Sigstore.Json;

namespace Aixv.Cli.Records;

/// <summary>What <c>aixv advisory sync</c> answers (aixv-protocol §5).</summary>
/// <param name="Command">The words of the command.</param>
/// <param name="Feed">As the user wrote it.</param>
/// <param name="Result">Entry by entry.</param>
/// <param name="Show">A path of the store as the user would write it.</param>
/// <param name="Trust">What was trusted.</param>
internal sealed record SyncOutcome(string Command, string Feed, FeedSyncResult Result, Func<string, string> Show, TrustMaterial Trust) : IOutcome
{
    private string? Error => Result.RejectedCount == 0
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"{Result.RejectedCount} of {Result.Entries.Length} advisories were rejected{(Result.RejectedCount < Result.Entries.Length ? "; the others are imported" : "")}");

    public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var json = Result.ToJson();
        json["feed"] = Feed;
        json["trust_warning"] = Trust.Warning;
        foreach (var entry in json["results"]!.AsArray())
        {
            entry!["record_path"] = entry["record_path"] is { } path ? Show(path.GetValue<string>()) : null;
        }

        if (Error is not null)
        {
            json["error"] = Error;
            json["command"] = Command;
        }

        return json;
    }

    public void Describe(Report report)
    {
        if (Trust.Warning is { } warning)
        {
            report.Warning(warning);
        }

        report.Title(Error is null, string.Create(CultureInfo.InvariantCulture, $"{Feed}: {Result.Entries.Length} advisories, {Result.ImportedCount} imported, {Result.RejectedCount} rejected"));
        report.Row("snapshot", Result.Snapshot is { } snapshot
            ? string.Create(CultureInfo.InvariantCulture, $"number {snapshot.Number}, expires {Rfc3339.Format(snapshot.ExpiresAt)}")
            : null);
        foreach (var entry in Result.Entries)
        {
            var name = entry.AdvisoryId ?? string.Create(CultureInfo.InvariantCulture, $"entry {entry.Index}");
            report.Check(entry.Status != FeedEntryStatus.Rejected, name, entry.Error ?? Kebab.Of(entry.Status));
        }

        if (Error is not null)
        {
            report.Error(Error);
        }
    }
}
