using System.Text;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Formats;

/// <summary>Documents of others: versions that are not written, and ways of writing that are not ours.</summary>
public sealed class OtherDocumentTests
{
    private const string Spdx22 = """
        SPDXVersion: SPDX-2.2
        DataLicense: CC0-1.0
        SPDXID: SPDXRef-DOCUMENT
        DocumentName: model
        DocumentNamespace: https://example.org/spdx/model
        Creator: Tool: other-1
        Created: 2021-01-02T03:04:05Z

        PackageName: model
        SPDXID: SPDXRef-model
        PackageDownloadLocation: NOASSERTION
        FilesAnalyzed: false
        PackageLicenseConcluded: NOASSERTION
        PackageLicenseDeclared: NOASSERTION
        PackageCopyrightText: NOASSERTION

        Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-model

        """;

    private static DocumentProbe Probe(string text) => new(Encoding.UTF8.GetBytes(text), null);

    private static OtherVersion Other(string text)
    {
        Assert.Empty(Exporters.Recognize(Probe(text)));
        return Exporters.RecognizeOther(Probe(text))!;
    }

    [Theory]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.5","components":[{"type":"library","name":"a","bom-ref":"x"}],"dependencies":[{"ref":"x"}]}""", "1.5")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.4","version":1,"metadata":{"tools":[{"vendor":"v","name":"t","version":"1"}]}}""", "1.4")]
    [InlineData("""<bom xmlns="http://cyclonedx.org/schema/bom/1.3" version="1"><components><component type="library"><name>a</name><version>1</version></component></components></bom>""", "1.3")]
    [InlineData("""{"@context":"https://openvex.dev/ns","@id":"https://e.org/v","author":"a","timestamp":"2023-01-01T00:00:00Z","version":"1","statements":[{"vulnerability":"CVE-2023-1","products":["pkg:a/b"],"status":"fixed"}]}""", "0.0.1")]
    [InlineData(Spdx22, "2.2")]
    public void Older_versions_are_checked_by_what_they_share(string document, string version)
    {
        var other = Other(document);
        Assert.Equal(version, other.Format.Version);
        Assert.Empty(other.Faults!);
        Assert.Contains("shares with", other.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.5","dependencies":[{"ref":"x"}]}""", "x")]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"1.4"}""", "$.version: 1.4 requires it")]
    [InlineData("""<bom xmlns="http://cyclonedx.org/schema/bom/1.3"><components><component type="library"></component></components></bom>""", "name: it is required")]
    [InlineData("""{"@context":"https://openvex.dev/ns","@id":"https://e.org/v","author":"a","timestamp":"2023-01-01T00:00:00Z","statements":[{"vulnerability":"CVE-2023-1","status":"not_affected"}]}""", "justification")]
    [InlineData("""{"spdxVersion":"SPDX-2.2","packages":[{"SPDXID":"SPDXRef-a","name":"a","downloadLocation":"NONE"}]}""", "copyrightText: SPDX-2.2 requires it")]
    public void What_an_older_version_breaks_is_told(string document, string fault) =>
        Assert.Contains(Other(document).Faults!, f => f.Contains(fault, StringComparison.Ordinal));

    [Theory]
    [InlineData("""{"bomFormat":"CycloneDX","specVersion":"2.0"}""", "CycloneDX 2.0 is not checked")]
    [InlineData("""{"@context":"https://spdx.org/rdf/3.1.0/spdx-context.jsonld","@graph":[]}""", "SPDX 3.1.0 is not checked")]
    [InlineData("SPDXVersion: SPDX-1.2\nDataLicense: CC0-1.0\n", "SPDX-1.2 is not checked")]
    [InlineData("""{"@context":"https://openvex.dev/ns/v0.3.0"}""", "OpenVEX 0.3.0 is not checked")]
    public void Of_a_version_that_is_not_known_that_is_said(string document, string note)
    {
        var other = Other(document);
        Assert.Null(other.Faults);
        Assert.Contains(note, other.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void Older_tag_value_without_licences_is_found_out() => Assert.Contains(
        Other(Spdx22.Replace("PackageLicenseDeclared: NOASSERTION\n", "", StringComparison.Ordinal)).Faults!, f => f.Contains("licenseDeclared", StringComparison.Ordinal));

    [Fact]
    public void What_is_of_no_standard_is_of_no_version() => Assert.Null(Exporters.RecognizeOther(Probe("""{"a":1}""")));

    [Theory]
    [InlineData("cytoscape-json", """{"elements":{"nodes":[{"data":{"id":"a"}}],"edges":[]}}""")]
    [InlineData("cytoscape-json", """{"elements":[{"data":{"id":"a"}},{"data":{"id":"b"}},{"data":{"id":"e","source":"a","target":"b"}}]}""")]
    [InlineData("mermaid", "---\ntitle: a lineage\n---\nflowchart LR\n  a --> b\n")]
    [InlineData("mermaid", "%%{init: {\"theme\": \"dark\"}}%%\n%% a comment\n\ngraph TD;\n  a --> b\n")]
    public void Other_ways_of_writing_are_recognised(string format, string document)
    {
        Assert.Equal(format, Assert.Single(Exporters.Recognize(Probe(document))).Format.Id);
        Assert.Empty(Exporters.Find(format)!.Faults(Probe(document)));
    }

    [Theory]
    [InlineData("cytoscape-json", """{"elements":[{"data":{"id":"a"}},{"data":{"id":"e","source":"a","target":"nowhere"}}]}""")]
    [InlineData("mermaid", "---\ntitle: a lineage\n---\nflowchart sideways\n  a --> b\n")]
    public void And_checked(string format, string document) => Assert.NotEmpty(Exporters.Find(format)!.Faults(Probe(document)));

    [Fact]
    public void A_byte_order_mark_changes_nothing()
    {
        foreach (var id in (string[])["sarif", "edges-csv", "graphml", "spdx-2.3-tag", "openlineage"])
        {
            var exporter = Exporters.Find(id)!;
            using var output = new MemoryStream();
            exporter.Write(Samples.Dossier(Samples.Full), output);
            byte[] marked = [.. Encoding.UTF8.Preamble, .. output.ToArray()];
            Assert.Contains(Exporters.Recognize(new DocumentProbe(marked, null)), e => e.Format.Id == id);
            Assert.Empty(exporter.Faults(new DocumentProbe(marked, null)));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[]")]
    [InlineData("{}")]
    public void An_empty_document_is_of_no_format(string text)
    {
        Assert.Empty(Exporters.Recognize(Probe(text)));
        Assert.Null(Exporters.RecognizeOther(Probe(text)));
    }
}
