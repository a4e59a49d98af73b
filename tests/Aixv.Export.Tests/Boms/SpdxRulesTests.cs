using System.Text;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Boms;

/// <summary>Broken SPDX documents are found out; other people's good ones are not.</summary>
public sealed class SpdxRulesTests
{
    private const string Json = """
        {
          "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": "image", "documentNamespace": "https://scanner.example/image-1",
          "creationInfo": { "created": "2025-01-02T03:04:05Z", "creators": [ "Organization: Somebody, Inc", "Tool: scanner-1.0" ], "licenseListVersion": "3.25" },
          "packages": [ { "SPDXID": "SPDXRef-Package-a", "name": "a", "downloadLocation": "NOASSERTION", "supplier": "NOASSERTION", "primaryPackagePurpose": "CONTAINER",
            "checksums": [ { "algorithm": "SHA1", "checksumValue": "da39a3ee5e6b4b0d3255bfef95601890afd80709" } ],
            "externalRefs": [ { "referenceCategory": "PACKAGE_MANAGER", "referenceType": "purl", "referenceLocator": "pkg:npm/a@1" } ] } ],
          "files": [ { "SPDXID": "SPDXRef-File-b", "fileName": "./b", "checksums": [ { "algorithm": "SHA1", "checksumValue": "da39a3ee5e6b4b0d3255bfef95601890afd80709" } ] } ],
          "relationships": [
            { "spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-Package-a" },
            { "spdxElementId": "SPDXRef-Package-a", "relationshipType": "CONTAINS", "relatedSpdxElement": "SPDXRef-File-b" },
            { "spdxElementId": "SPDXRef-Package-a", "relationshipType": "DEPENDS_ON", "relatedSpdxElement": "DocumentRef-other:SPDXRef-c" },
            { "spdxElementId": "SPDXRef-Package-a", "relationshipType": "DESCENDANT_OF", "relatedSpdxElement": "NONE" } ]
        }
        """;

    private const string Tag = """
        SPDXVersion: SPDX-2.3
        DataLicense: CC0-1.0
        SPDXID: SPDXRef-DOCUMENT
        DocumentName: somebody's
        DocumentNamespace: https://somebody.example/1
        # a comment
        Creator: Person: Somebody (me@somebody.example)
        Created: 2025-01-02T03:04:05Z
        CreatorComment: <text>several
        lines: of text</text>

        PackageName: a
        SPDXID: SPDXRef-a
        PackageDownloadLocation: NOASSERTION
        FilesAnalyzed: true
        PackageChecksum: SHA256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-a

        FileName: ./b
        SPDXID: SPDXRef-b
        FileChecksum: SHA1: da39a3ee5e6b4b0d3255bfef95601890afd80709
        Relationship: SPDXRef-a CONTAINS SPDXRef-b
        """;

    [Fact]
    public void Sound_documents_of_somebody_else_have_no_faults()
    {
        Assert.Empty(FaultsOf("spdx-2.3-json", Json));
        Assert.Empty(FaultsOf("spdx-2.3-tag", Tag));
        Assert.Empty(FaultsOf("spdx-2.3-tag", Tag.ReplaceLineEndings("\r\n")));
    }

    [Theory]
    [InlineData("\"CC0-1.0\"", "\"MIT\"", "$.dataLicense")]
    [InlineData("https://scanner.example/image-1", "image#1", "$.documentNamespace")]
    [InlineData("2025-01-02T03:04:05Z", "2025-01-02", "$.creationInfo.created")]
    [InlineData("Tool: scanner-1.0", "scanner-1.0", "$.creationInfo.creators")]
    [InlineData("\"SPDXRef-File-b\", \"fileName\"", "\"SPDXRef-Package-a\", \"fileName\"", "stands twice")]
    [InlineData("\"SPDXID\": \"SPDXRef-Package-a\"", "\"SPDXID\": \"SPDXRef-Package_a\"", "$.packages[0].SPDXID")]
    [InlineData("\"downloadLocation\": \"NOASSERTION\", ", "", "$.packages[0].downloadLocation")]
    [InlineData("\"SHA1\", \"checksumValue\": \"da39a3ee5e6b4b0d3255bfef95601890afd80709\" } ],\n    \"externalRefs\"", "\"SHA256\", \"checksumValue\": \"da39a3ee5e6b4b0d3255bfef95601890afd80709\" } ],\n    \"externalRefs\"", ".checksumValue")]
    [InlineData("\"CONTAINS\"", "\"HOLDS\"", "$.relationships[1].relationshipType")]
    [InlineData("\"relatedSpdxElement\": \"SPDXRef-File-b\"", "\"relatedSpdxElement\": \"SPDXRef-File-x\"", "no element has the identifier 'SPDXRef-File-x'")]
    [InlineData("pkg:npm/a@1", "pkg npm", "$.packages[0].externalRefs[0].referenceLocator")]
    [InlineData("PACKAGE_MANAGER", "PACKAGES", "$.packages[0].externalRefs[0].referenceCategory")]
    [InlineData("\"supplier\": \"NOASSERTION\"", "\"supplier\": \"me\"", "$.packages[0].supplier")]
    [InlineData("\"CONTAINER\"", "\"MODEL\"", "$.packages[0].primaryPackagePurpose")]
    public void A_broken_rule_is_found(string sound, string broken, string expected)
    {
        var document = Json.ReplaceLineEndings("\n");
        Assert.Contains(sound, document, StringComparison.Ordinal);
        Assert.Contains(FaultsOf("spdx-2.3-json", document.Replace(sound, broken, StringComparison.Ordinal)), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Creator: Person: ", "Creator: ")]
    [InlineData("</text>", "")]
    [InlineData("SPDXRef-a CONTAINS SPDXRef-b", "SPDXRef-a CONTAINS")]
    [InlineData("PackageDownloadLocation: NOASSERTION", "what is this")]
    [InlineData("e3b0c4", "E3B0C4")]
    public void A_broken_tag_is_found(string sound, string broken) => Assert.NotEmpty(FaultsOf("spdx-2.3-tag", Tag.Replace(sound, broken, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"specVersion\": \"3.0.1\"", "\"specVersion\": \"2.3\"")]
    [InlineData("\"relationshipType\": \"descendantOf\"", "\"relationshipType\": \"childOf\"")]
    [InlineData("\"creationInfo\": \"_:creation\"", "\"creationInfo\": \"_:other\"")]
    [InlineData("\"releaseTime\": \"2026-03-05T00:00:00Z\"", "\"releaseTime\": \"2026-03-05\"")]
    [InlineData("\"suppliedBy\"", "\"comment2\"")]
    [InlineData("\"build_buildType\"", "\"buildType\"")]
    public void A_broken_graph_is_found(string sound, string broken)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("spdx-3.0.1-ai", Samples.Full));
        Assert.Contains(sound, text, StringComparison.Ordinal);
        Assert.NotEmpty(FaultsOf("spdx-3.0.1-ai", text.Replace(sound, broken, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("<spdx:downloadLocation", "<spdx:place", "</spdx:downloadLocation", "</spdx:place")]
    [InlineData("#SPDXRef-DOCUMENT\"", "#DOCUMENT\"", "", "")]
    public void Broken_RDF_is_found(string sound, string broken, string soundEnd, string brokenEnd)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("spdx-2.3-rdf", Samples.Full)).Replace(sound, broken, StringComparison.Ordinal);
        text = soundEnd.Length == 0 ? text : text.Replace(soundEnd, brokenEnd, StringComparison.Ordinal);
        Assert.NotEmpty(FaultsOf("spdx-2.3-rdf", text));
    }

    [Fact]
    public void Wrong_shapes_never_throw()
    {
        string[] documents =
        [
            """{"spdxVersion":"SPDX-2.3","packages":{},"relationships":[1],"creationInfo":[],"annotations":[{}]}""",
            """{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[1,{"type":1},{"type":"Relationship","to":{},"from":3}]}""",
            "SPDXVersion: SPDX-2.3\nPackageName\nPackageChecksum: x\nExternalRef: a\nRelationship: x\nAnnotationComment: <text>",
        ];
        foreach (var document in documents)
        {
            var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document), null);
            var found = Exporters.Recognize(probe).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, exporter => Assert.NotEmpty(exporter.Faults(probe)));
        }
    }

    private static List<string> FaultsOf(string format, string document)
    {
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document), null);
        return [.. Exporters.Find(format)!.Faults(probe)];
    }
}
