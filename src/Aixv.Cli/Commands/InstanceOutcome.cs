using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Sigstore.Json;
using Aixv.Sigstore.Trust.Instances;

namespace Aixv.Cli.Commands;

/// <summary>What is known of one instance.</summary>
internal sealed record InstanceOutcome(string Title, InstanceStatus Status) : IOutcome
{
    public int ExitCode => Cli.ExitCode.Ok;

    public JsonObject ToJson() => new() { ["ok"] = true, ["instance"] = ToJson(Status) };

    internal static JsonObject ToJson(InstanceStatus status) => new()
    {
        ["name"] = status.Name,
        ["url"] = status.Url.AbsoluteUri,
        ["built_in"] = status.IsBuiltIn,
        ["folder"] = status.Folder,
        ["root_version"] = status.InitialRootVersion,
        ["root_fingerprint"] = status.InitialRootSha256,
        ["embedded_date"] = status.EmbeddedDate is { } date ? Rfc3339.Format(date) : null,
        ["cache"] = status.Cached is not { } cached ? null : new JsonObject
        {
            ["refreshed"] = Rfc3339.Format(cached.Refreshed),
            ["expires"] = Rfc3339.Format(cached.Expires),
            ["fresh"] = cached.IsFresh,
            ["root_version"] = cached.RootVersion,
            ["timestamp_version"] = cached.TimestampVersion,
            ["snapshot_version"] = cached.SnapshotVersion,
            ["targets_version"] = cached.TargetsVersion,
        },
    };

    public void Describe(Report report)
    {
        report.Heading(Title);
        report.Row("url", Status.Url.AbsoluteUri);
        report.Row("root", string.Create(CultureInfo.InvariantCulture, $"version {Status.InitialRootVersion}, fingerprint {Status.InitialRootSha256}"));
        report.Row("cache", DescribeCache(Status.Cached));
        report.Row("embedded", Status.EmbeddedDate is { } date ? $"copy of {date.UtcDateTime:yyyy-MM-dd}" : null);
        report.Row("folder", Status.Folder);
    }

    internal static string DescribeCache(CachedTrust? cached) => cached is null
        ? "nothing fetched yet"
        : $"confirmed {Rfc3339.Format(cached.Refreshed)}, expires {Rfc3339.Format(cached.Expires)}, {(cached.IsFresh ? "fresh" : "to be refreshed")}";
}
