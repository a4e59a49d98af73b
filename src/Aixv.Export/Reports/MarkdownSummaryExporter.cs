using System.Globalization;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;
using static Aixv.Export.Reports.MarkdownText;

namespace Aixv.Export.Reports;

/// <summary>GitHub Flavored Markdown for the summary of a job (<c>$GITHUB_STEP_SUMMARY</c>, at most 1 MiB).</summary>
internal sealed class MarkdownSummaryExporter()
    : TextExporter(new("markdown-summary", "GitHub Flavored Markdown", "0.29", "text/markdown", ".md", ExportCategory.Report))
{
    private const string Mark = "<!-- aixv markdown-summary -->";
    private const int MaximumRows = 60;

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.WriteLine(Mark);
        writer.WriteLine($"## {Sign(dossier)} {ReportVerdict.Word(dossier)}: {Of(dossier.Artifact.Name, 120)}");
        writer.WriteLine();
        writer.WriteLine(ReportVerdict.Sentence(dossier));
        writer.WriteLine();
        WriteTable(writer, ["", ""], Facts(dossier).Where(fact => fact.Text is not null).Select(fact => new[] { fact.Term, fact.Text! }));
        WriteViolations(dossier, writer);
        WriteAdvisories(dossier, writer);
        WriteLineage(dossier, writer);
        WriteGaps(dossier, writer);
        writer.WriteLine($"<sub>Facts as of {dossier.Time.ToReading()}, aixv {Of(dossier.ToolVersion, 40)}. This summary is not signed; the bundle is.</sub>");
    }

    private static string Sign(Dossier dossier) => dossier.Decision?.Decision.IsAdmitted switch
    {
        true => "✅",
        false => "❌",
        null => "❔",
    };

    private static IEnumerable<(string Term, string? Text)> Facts(Dossier dossier)
    {
        yield return ("Digest", Code(dossier.Artifact.Digest.ToString()));
        yield return ("Version", dossier.Artifact.Version is { } version ? Of(version) : null);
        yield return ("Signed by", dossier.Signer is { } signer ? Of(signer.ToString()) : "nobody, verifiably");
        yield return ("Bundle", dossier.Bundle is { } bundle ? $"{Place(bundle.Location)} {Code(bundle.Digest.ToString())}".TrimStart() : null);
        var entry = dossier.Bundle?.Signature.LogEntries.FirstOrDefault();
        yield return ("Log entry", entry is null ? null : string.Create(CultureInfo.InvariantCulture, $"{entry.Index} of {Of(entry.Log)}{(dossier.Bundle!.Signature.IntegratedTime is { } time ? $", {time.ToReading()}" : "")}"));
        yield return ("Policy", dossier.Decision is { } decision ? $"{Of(decision.Decision.PolicyId ?? "without an id")} {Code(decision.Decision.PolicyDigest.ToString())}" : null);
        yield return ("Training claim", dossier.Training switch
        {
            null => "none",
            { Bundle: null } => "not signed",
            { IsTrusted: true } => "signed, by a trusted signer",
            _ => "signed, not by a trusted signer",
        });
    }

    private static string Place(string? location) => location is null ? "" : Uris.WebOrNull(location) is { } web && !web.Contains('|', StringComparison.Ordinal) ? $"[bundle](<{web}>)" : Of(location);

    private static void WriteViolations(Dossier dossier, TextWriter writer)
    {
        if (dossier.Decision?.Decision is { Violations.IsEmpty: false } decision)
        {
            writer.WriteLine("### What stands against it");
            writer.WriteLine();
            WriteTable(writer, ["Code", "What", "What to do", "Waived by"], decision.Violations.Select(v => new[]
            {
                Code(v.Code.ToCode()), Of(v.Message, 600), Of(v.Remedy, 600), decision.Waived.TryGetValue(v, out var waiver) ? Of(waiver) : "",
            }));
        }
    }

    private static void WriteAdvisories(Dossier dossier, TextWriter writer)
    {
        if (!dossier.Advisories.IsEmpty)
        {
            writer.WriteLine("### Recalls and advisories");
            writer.WriteLine();
            WriteTable(writer, ["Advisory", "Status", "Severity", "Reason", "How it comes here"], dossier.Advisories.Select(a => new[]
            {
                Of(a.Advisory.Id), a.IsRecall ? "**recall in force**" : a.Advisory.Status.ToWord(), a.Advisory.Severity.ToWord(), Of(a.Advisory.ReasonCode, 80), Way(dossier, a),
            }));
        }
    }

    private static string Way(Dossier dossier, AdvisoryFacts advisory)
    {
        if (advisory.IsDirect)
        {
            return "names this artifact";
        }

        var first = dossier.Lineage.Nodes.FirstOrDefault(node => node.Key == advisory.Path[0].FromKey)?.Label ?? advisory.Path[0].FromKey;
        return $"from {Of(first, 80)}, {Counts.Of(advisory.Path.Length, "step")}";
    }

    private static void WriteLineage(Dossier dossier, TextWriter writer)
    {
        writer.WriteLine("### Lineage");
        writer.WriteLine();
        var references = (dossier.Parents ?? []).Select(r => ("parent model", r)).Concat((dossier.Datasets ?? []).Select(r => ("dataset", r))).ToList();
        writer.WriteLine(dossier.Parents switch
        {
            null => "The parents are not known.",
            { Length: 0 } => "Trained from scratch, as its training claim says.",
            { } parents => $"{Counts.Of(parents.Length, "parent model")}, {(dossier.Datasets is { } sets ? Counts.Of(sets.Length, "dataset") : "datasets not known")}, as its training claim says.",
        });
        writer.WriteLine();
        if (references.Count == 0)
        {
            return;
        }

        WriteTable(writer, ["Made from", "What", "Evidence", "Digest"], references.Take(MaximumRows).Select(row => new[]
        {
            $"{row.Item1}{((row.r.Split ?? row.r.Relation) is { } detail ? $", {Of(detail, 40)}" : "")}",
            Of(row.r.Label, 120),
            row.r.Tier.ToName() + (row.r.RecalledBy.IsEmpty ? "" : $", **recalled** by {Of(string.Join(", ", row.r.RecalledBy))}"),
            row.r.Digest is { } digest ? Code(digest.ToString()) : "none",
        }));
        if (references.Count > MaximumRows)
        {
            writer.WriteLine($"and {Counts.Of(references.Count - MaximumRows, "other")}");
            writer.WriteLine();
        }
    }

    private static void WriteGaps(Dossier dossier, TextWriter writer)
    {
        var gaps = Gaps.Of(dossier);
        if (gaps.Count > 0)
        {
            writer.WriteLine("<details><summary>" + Counts.Of(gaps.Count, "gap") + "</summary>");
            writer.WriteLine();
            foreach (var gap in gaps.Take(MaximumRows))
            {
                writer.WriteLine($"- {Of(gap.What, 600)} *{Of(gap.Remedy, 300)}*");
            }

            writer.WriteLine();
            writer.WriteLine("</details>");
            writer.WriteLine();
        }
    }

    private static void WriteTable(TextWriter writer, string[] head, IEnumerable<string[]> rows)
    {
        writer.WriteLine($"| {string.Join(" | ", head)} |");
        writer.WriteLine($"|{string.Concat(head.Select(_ => " --- |"))}");
        foreach (var row in rows)
        {
            writer.WriteLine($"| {string.Join(" | ", row)} |");
        }

        writer.WriteLine();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text?.StartsWith(Mark, StringComparison.Ordinal) == true;
    }

    /// <summary>The limit of job summaries, and tables whose rows have as many cells as their heads.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (document.Bytes.Length > 1024 * 1024)
        {
            yield return "a job summary has at most 1 MiB";
        }

        var (number, cells) = (0, 0);
        foreach (var line in document.Text!.Split('\n'))
        {
            number++;
            var count = line.StartsWith('|') ? line.Count(unit => unit == '|') : 0;
            if (count > 0 && cells > 0 && count != cells)
            {
                yield return string.Create(CultureInfo.InvariantCulture, $"line {number}: the table has {cells - 1} columns, the row {count - 1}");
            }

            cells = count == 0 ? 0 : cells == 0 ? count : cells;
        }
    }
}
