using System.Xml;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Reports;

/// <summary>One self-contained page that a risk owner reads first: the decision, why, the lineage, who signed, what is missing.</summary>
internal sealed class HtmlReportExporter() : TextExporter(new("html-report", "HTML", "Living Standard", "text/html", ".html", ExportCategory.Report))
{
    /// <summary>The name that the page gives its maker.</summary>
    internal const string Generator = "aixv html-report";

    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        Indent = true,
        IndentChars = " ",
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.None,
        CloseOutput = false,
    };

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        var picture = LineagePicture.Of(dossier.Lineage);
        writer.WriteLine("<!DOCTYPE html>");
        using (var xml = XmlWriter.Create(writer, Settings))
        {
            var page = new HtmlWriter(xml);
            page.Begin("html", ("lang", "en"));
            WriteHead(page, dossier);
            page.Begin("body");
            page.Begin("header");
            ReportVerdict.WriteTitle(page, dossier);
            page.End().Begin("main");
            ReportVerdict.Write(page, dossier, picture);
            ReportReasons.Write(page, dossier);
            ReportAdvisories.Write(page, dossier);
            ReportLineage.Write(page, dossier, picture);
            ReportRun.Write(page, dossier);
            ReportSigners.Write(page, dossier);
            ReportGaps.Write(page, dossier);
            ReportDeclared.Write(page, dossier);
            ReportEvidence.Write(page, dossier);
            page.End();
            ReportEvidence.WriteFooter(page, dossier);
            page.End().End();
        }

        writer.WriteLine();
    }

    private static void WriteHead(HtmlWriter page, Dossier dossier)
    {
        page.Begin("head");
        page.Void("meta", ("charset", "utf-8"));
        page.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", ReportStyle.ContentPolicy));
        page.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        page.Void("meta", ("name", "generator"), ("content", Generator));
        page.Void("meta", ("name", "referrer"), ("content", "no-referrer"));
        page.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
        page.Begin("title").Text($"{ReportVerdict.Word(dossier)}: ").Shown(dossier.Artifact.Name, 80).End();
        page.Begin("style").Raw(ReportStyle.Text).End().End();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text
            && text.AsSpan().TrimStart().StartsWith("<!DOCTYPE html", StringComparison.OrdinalIgnoreCase)
            && text.Contains($"content=\"{Generator}\"", StringComparison.Ordinal);
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return HtmlRules.Faults(document.Text!);
    }
}
