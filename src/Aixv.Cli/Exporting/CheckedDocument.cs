using System.Text.Json.Nodes;
using Aixv.Cli.Artifacts;
using Aixv.Cli.Output;
using Aixv.Export;
using Aixv.Export.Formats;

namespace Aixv.Cli.Exporting;

/// <summary>What <c>aixv export --check FILE</c> answers: what the document is, and what of its standard's MUSTs it breaks.</summary>
internal sealed record CheckedDocument(string Path, IReadOnlyList<(ExportFormat Format, IReadOnlyList<string> Faults)> Formats, string? Unreadable, string? Note = null) : IOutcome
{
    private const int MaximumFaults = 200;

    public static CheckedDocument Check(App app, string path)
    {
        var probe = new DocumentProbe(ArtifactFile.Read(app, "document", path, DocumentProbe.MaximumBytes), System.IO.Path.GetFileName(path));
        var formats = Exporters.Recognize(probe).Select(e => (e.Format, (IReadOnlyList<string>)[.. e.Faults(probe).Take(MaximumFaults)])).ToList();
        if (formats.Count == 0 && Exporters.RecognizeOther(probe) is { } other)
        {
            return other.Faults is { } faults
                ? new CheckedDocument(path, [(other.Format, [.. faults.Take(MaximumFaults)])], null, other.Note)
                : new CheckedDocument(path, [], other.Note);
        }

        return new CheckedDocument(path, formats, formats.Count == 0 ? probe.Fault ?? "not a document of any format that 'aixv formats' lists" : null);
    }

    /// <summary>A document may fit several formats, a general one and special ones: each must hold.</summary>
    private bool IsSound => Unreadable is null && Formats.All(f => f.Faults.Count == 0);

    public int ExitCode => IsSound ? Cli.ExitCode.Ok : Cli.ExitCode.Rejected;

    public JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["ok"] = IsSound,
            ["path"] = Path,
            ["formats"] = new JsonArray([.. Formats.Select(f => new JsonObject
            {
                ["format"] = f.Format.Id,
                ["standard"] = f.Format.Standard,
                ["version"] = f.Format.Version,
                ["faults"] = new JsonArray([.. f.Faults.Select(fault => (JsonNode)fault)]),
            })]),
        };
        if (Note is not null)
        {
            json["note"] = Note;
        }

        if (!IsSound)
        {
            json["error"] = Unreadable is { } why ? $"{Path}: {why}" : $"{Path}: {string.Join("; ", Formats.SelectMany(f => f.Faults).Distinct())}";
            json["command"] = "export";
        }

        return json;
    }

    public void Describe(Report report)
    {
        if (Unreadable is { } why)
        {
            report.Error($"{Path}: {why}");
            return;
        }

        report.Title(IsSound, Path);
        foreach (var (format, faults) in Formats)
        {
            report.Check(faults.Count == 0, format.Id, $"{format.Standard}, {format.Version}");
            foreach (var fault in faults)
            {
                report.Row("", fault);
            }
        }

        if (Note is not null)
        {
            report.Row("note", Note);
        }
    }
}
