using System.Text;
using Aixv.Export.Formats;
using Aixv.Export.Reports;

namespace Aixv.Export.Tests.Reports;

/// <summary>What people read: the page and the summary.</summary>
public sealed class ReportTests
{
    [Fact]
    public void A_strict_parser_of_HTML5_takes_the_page()
    {
        using var documents = new SampleDocuments("html-report");
        Outside.Python("html5lib", "graphs.py", ["html", .. documents.Paths]);
    }

    [Theory]
    [InlineData("html-report")]
    [InlineData("markdown-summary")]
    public void The_reader_finds_every_fact(string format)
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Recalled)).Replace("&#47;", "/", StringComparison.Ordinal).Replace("&#64;", "@", StringComparison.Ordinal);
        string[] facts =
        [
            "Denied", dossier.Artifact.Digest.ToString(), dossier.Signer!.Subject, dossier.Signer.Issuer!, dossier.Bundle!.Digest.Hex, dossier.Decision!.Decision.PolicyDigest.ToString(),
            .. dossier.Decision.Decision.Violations.SelectMany(v => new[] { v.Message, v.Remedy }),
            .. dossier.Advisories.Select(a => a.Advisory.Id),
            .. dossier.Parents!.Value.Concat(dossier.Datasets!.Value).Select(r => r.Digest?.ToString() ?? r.Uri!),
        ];
        Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_page_tells_declared_from_proven_and_names_gaps()
    {
        var full = Encoding.UTF8.GetString(ExportedBytes.Of("html-report", Samples.Full));
        Assert.Contains("Declared, not proven", full, StringComparison.Ordinal);
        var uris = Encoding.UTF8.GetString(ExportedBytes.Of("html-report", Samples.Uris));
        Assert.Contains("The training claim is not signed", uris, StringComparison.Ordinal);
        Assert.Contains("That claim is not signed", uris, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<h2>Gaps</h2>", "<script>1</script>", "no such element")]
    [InlineData("<h2>Gaps</h2>", "<h2 onclick=\"x\">Gaps</h2>", "no attribute onclick")]
    [InlineData("<h2>Gaps</h2>", "<a href=\"javascript:x\">Gaps</a>", "a link leads to the web")]
    [InlineData("<h2>Gaps</h2>", "<h2>Gaps", "not well-formed")]
    [InlineData("id=\"gaps\"", "id=\"why\"", "there twice")]
    public void A_broken_page_is_found(string whole, string broken, string expected)
    {
        var page = Encoding.UTF8.GetString(ExportedBytes.Of("html-report", Samples.Full));
        Assert.Contains(whole, page, StringComparison.Ordinal);
        var faults = Exporters.Find("html-report")!.Faults(new DocumentProbe(Encoding.UTF8.GetBytes(page.Replace(whole, broken, StringComparison.Ordinal)), null));
        Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    /// <summary>The browser reports what the page's policy refuses, and every request, in its log of the network.</summary>
    [Fact]
    public void A_browser_loads_the_page_without_a_complaint_or_a_request()
    {
        using var documents = new SampleDocuments("html-report");
        Assert.All(documents.Paths, path =>
        {
            var log = $"{path}.net.json";
            var said = Outside.Program(
                "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
                "--enable-logging=stderr", $"--log-net-log={log}", $"--user-data-dir={path}.profile", "--dump-dom", new Uri(path).AbsoluteUri);
            Assert.Contains("Evidence digests", said, StringComparison.Ordinal);
            Assert.DoesNotContain("CONSOLE", said, StringComparison.Ordinal);
            var requests = File.ReadAllText(log);
            Assert.DoesNotContain(".example/", requests, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("| a | b", "\\| a", false)]
    [InlineData("<b>", "&lt;b", false)]
    [InlineData("1. x", "1\\. x", true)]
    [InlineData("- x", "\\- x", true)]
    [InlineData("https://a", "https:&#47;&#47;a", true)]
    [InlineData("*a*", "\\*a\\*", true)]
    public void Markdown_stays_text(string text, string expected, bool isExact)
    {
        var escaped = MarkdownText.Of(text);
        Assert.True(isExact ? escaped == expected : !escaped.Contains(text[0], StringComparison.Ordinal), escaped);
    }

    [Fact]
    public void What_cannot_be_seen_is_named()
    {
        Assert.Equal("a⟨U+202E⟩b⏎⟨U+0000⟩", ShownText.Of("a\u202eb\n\0"));
        Assert.Equal("nnn… (10 characters)", ShownText.Of("nnnnnnnnnn", 3));
    }
}
