using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Cli.Records;

/// <summary>What <c>aixv advisory list</c> answers: the standing of every advisory that names the artifact, and every file that was not counted.</summary>
internal sealed record AdvisoryListing : IOutcome
{
    public required string Command { get; init; }

    public required string Artifact { get; init; }

    public required Digest Digest { get; init; }

    public required bool RequiresSigned { get; init; }

    public required ImmutableArray<ListedAdvisory> Entries { get; init; }

    public required ImmutableArray<DamagedFile> Damaged { get; init; }

    /// <summary>Why no signature was verified though that was asked, or null.</summary>
    public string? Note { get; init; }

    /// <summary>A path as the user would write it.</summary>
    public required Func<string, string> Show { get; init; }

    private IEnumerable<DamagedFile> Unreadable =>
        [.. Damaged, .. Entries.Where(entry => entry.Advisory is null).Select(entry => new DamagedFile(entry.Path, entry.Fault!))];

    /// <summary>Of each advisory the record that counts: the one that was signed last, without signatures the one that was written last.</summary>
    private IEnumerable<ListedAdvisory> Standing => Entries
        .Where(entry => entry.Advisory is not null && (!RequiresSigned || entry.IsTrusted))
        .GroupBy(entry => entry.Advisory!.Id)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => group
            .OrderBy(entry => entry.IsTrusted)
            .ThenBy(entry => entry.IntegratedTime ?? DateTimeOffset.MinValue)
            .ThenBy(entry => !entry.IsAttestation)
            .ThenBy(entry => entry.Path.Length)
            .ThenBy(entry => entry.Path, StringComparer.Ordinal)
            .Last())
        .Where(entry => entry.Advisory!.Names(Digest));

    /// <summary>Those that name the artifact and do not count, for want of a trusted signature.</summary>
    private IEnumerable<ListedAdvisory> Ignored => Entries
        .Where(entry => RequiresSigned && !entry.IsTrusted && entry.Advisory is { } advisory && advisory.Names(Digest));

    private string? Error => Unreadable.Count() is > 0 and var count
        ? $"{count} files of the advisory store cannot be read, so what they say is not known: {Show(Unreadable.First().Path)} (aixv store check tells more)"
        : null;

    public int ExitCode => Error is null ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var standing = Standing.ToList();
        var json = new JsonObject
        {
            ["ok"] = Error is null,
            ["artifact"] = Artifact,
            ["artifact_digest"] = Digest.ToString(),
            ["advisory_count"] = standing.Count,
            ["active_count"] = standing.Count(entry => entry.Advisory!.Status == AdvisoryStatus.Active),
            ["require_signed"] = RequiresSigned,
            ["trust_warning"] = Note,
            ["advisories"] = new JsonArray([.. standing.Select(entry => entry.ToJson(Show(entry.Path)))]),
            ["ignored"] = new JsonArray([.. Ignored.Select(entry => entry.ToJson(Show(entry.Path)))]),
            ["unreadable"] = new JsonArray([.. Unreadable.Select(file => new JsonObject { ["path"] = Show(file.Path), ["error"] = file.Reason })]),
        };
        if (Error is not null)
        {
            json["error"] = Error;
            json["command"] = Command;
        }

        return json;
    }

    public void Describe(Report report)
    {
        if (Note is not null)
        {
            report.Warning(Note);
        }

        var standing = Standing.ToList();
        var active = standing.Count(entry => entry.Advisory!.Status == AdvisoryStatus.Active);
        report.Title(active == 0 && Error is null, $"{Artifact}: {active} active {(active == 1 ? "advisory" : "advisories")}, {standing.Count} in all");
        report.Row("digest", Digest.ToString());
        foreach (var entry in standing)
        {
            var advisory = entry.Advisory!;
            report.Check(advisory.Status != AdvisoryStatus.Active, advisory.Id, $"{Kebab.Of(advisory.Severity)}, {Kebab.Of(advisory.Status)}: {advisory.ReasonCode} ({SaidBy(entry)})");
        }

        foreach (var entry in Ignored)
        {
            report.Row("ignored", $"{entry.Advisory!.Id}: {SaidBy(entry)}");
        }

        if (Error is not null)
        {
            report.Error(Error);
        }
    }

    private string SaidBy(ListedAdvisory entry) => entry switch
    {
        { Signer: { } signer } => $"signed by {signer}",
        { Refusal: { } refusal } => refusal,
        { IsSigned: false } => "not signed",
        _ => Note ?? "signature not verified: no --trusted-subject was given",
    };
}
