using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Export.Importing;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Tests.Boms;

/// <summary>Bills of materials that other tools wrote become described evidence, with what could not be taken.</summary>
public sealed class ImportTests
{
    private static readonly Digest Artifact = Digest.Of("weights"u8);

    /// <summary>As generators for model hubs write them: no digests, the model among the components, datasets inline.</summary>
    private const string HubStyle = """
        {
          "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
          "metadata": { "timestamp": "2025-05-05T00:00:00Z", "tools": [ { "name": "generator" } ], "component": { "type": "application", "name": "org/model", "bom-ref": "app" } },
          "components": [
            {
              "type": "machine-learning-model", "bom-ref": "pkg:huggingface/org/model@abc", "name": "model", "group": "org", "purl": "pkg:huggingface/org/model@abc",
              "licenses": [ { "license": { "id": "Apache-2.0" } } ],
              "modelCard": {
                "modelParameters": {
                  "task": "text-generation",
                  "datasets": [ { "type": "dataset", "name": "org/data", "contents": { "url": "https://huggingface.co/datasets/org/data" } }, { "ref": "corpus" }, { "ref": "missing" } ]
                },
                "considerations": { "useCases": [ "chat" ] },
                "properties": [ { "name": "typeOfModel", "value": "llama" } ]
              },
              "pedigree": { "ancestors": [ { "type": "machine-learning-model", "name": "base", "purl": "pkg:huggingface/org/base@def" } ] }
            },
            { "type": "data", "bom-ref": "corpus", "name": "corpus", "hashes": [ { "alg": "SHA-256", "content": "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855" } ] },
            { "type": "framework", "name": "transformers", "version": "4.50" },
            { "type": "library", "name": "numpy", "version": "2" }
          ]
        }
        """;

    [Fact]
    public void A_hub_style_bill_is_taken_where_the_caller_says_what_it_is_about()
    {
        var evidence = EvidenceReaders.Read(Probe(HubStyle), Artifact);
        var claim = Assert.Single(evidence.Statements).Statement["predicate"]!;
        Assert.Equal("pkg:huggingface/org/base@def", claim["parent_models"]![0]!["uri"]!.GetValue<string>());
        Assert.Equal(["org/data", "corpus"], claim["datasets"]!.AsArray().Select(d => d!["name"]!.GetValue<string>()));
        Assert.StartsWith("sha256:e3b0c442", claim["datasets"]![1]!["digest"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("transformers", claim["training_run"]!["framework"]!.GetValue<string>());
        Assert.Equal("4.50", claim["training_run"]!["framework_version"]!.GetValue<string>());
        Assert.Contains(evidence.Notes, n => n.Contains("is your word", StringComparison.Ordinal));
        Assert.Contains(evidence.Notes, n => n.Contains("Apache-2.0", StringComparison.Ordinal));
        Assert.Contains(evidence.Notes, n => n.Contains("1 other components", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_digest_and_without_the_callers_word_it_is_refused()
    {
        var refusal = Assert.Throws<FormatException>(() => EvidenceReaders.Read(Probe(HubStyle)));
        Assert.Contains("--artifact", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bill_about_another_artifact_is_refused() =>
        Assert.Throws<FormatException>(() => EvidenceReaders.Read(new DocumentProbe(ExportedBytes.Of("cyclonedx-1.6-json", Samples.Full), null), Artifact));

    [Fact]
    public void What_is_not_said_stays_unknown_and_no_parents_is_not_from_scratch()
    {
        var bill = JsonNode.Parse(HubStyle)!;
        var model = bill["components"]![0]!.AsObject();
        model["pedigree"] = new JsonObject { ["ancestors"] = new JsonArray() };
        var claim = Assert.Single(EvidenceReaders.Read(Probe(bill.ToJsonString()), Artifact).Statements).Statement["predicate"]!.AsObject();
        Assert.False(claim.ContainsKey("parent_models"));
    }

    [Fact]
    public void A_scanners_bill_without_lineage_imports_nothing_and_says_so()
    {
        var evidence = EvidenceReaders.Read(Probe($$"""
            {"spdxVersion":"SPDX-2.3","dataLicense":"CC0-1.0","SPDXID":"SPDXRef-DOCUMENT","name":"image","documentNamespace":"https://scanner.example/1",
             "creationInfo":{"created":"2025-01-02T03:04:05Z","creators":["Tool: scanner"]},
             "packages":[{"SPDXID":"SPDXRef-root","name":"image","downloadLocation":"NOASSERTION","checksums":[{"algorithm":"SHA256","checksumValue":"{{Artifact.Hex}}"}]},
                         {"SPDXID":"SPDXRef-lib","name":"lib","downloadLocation":"NOASSERTION","licenseDeclared":"MIT"}],
             "relationships":[{"spdxElementId":"SPDXRef-DOCUMENT","relationshipType":"DESCRIBES","relatedSpdxElement":"SPDXRef-root"},
                              {"spdxElementId":"SPDXRef-root","relationshipType":"CONTAINS","relatedSpdxElement":"SPDXRef-lib"}]}
            """));
        Assert.Empty(evidence.Statements);
        Assert.Contains(evidence.Notes, n => n.Contains("nothing is imported", StringComparison.Ordinal));
        Assert.Contains(evidence.Notes, n => n.Contains("1 relationships", StringComparison.Ordinal));
    }

    [Fact]
    public void Somebody_elses_SPDX_3_AI_package_is_read()
    {
        var evidence = EvidenceReaders.Read(Probe($$"""
            {"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[
              {"type":"CreationInfo","@id":"_:c","specVersion":"3.0.1","created":"2025-01-02T03:04:05Z","createdBy":["https://x.example/me"]},
              {"type":"Person","spdxId":"https://x.example/me","creationInfo":"_:c","name":"me"},
              {"type":"SpdxDocument","spdxId":"https://x.example/doc","creationInfo":"_:c","rootElement":["https://x.example/bom"]},
              {"type":"Bom","spdxId":"https://x.example/bom","creationInfo":"_:c","rootElement":["https://x.example/model"]},
              {"type":"ai_AIPackage","spdxId":"https://x.example/model","creationInfo":"_:c","name":"model",
               "verifiedUsing":[{"type":"Hash","algorithm":"sha256","hashValue":"{{Artifact.Hex}}"}],"ai_hyperparameter":[{"type":"DictionaryEntry","key":"epochs","value":"3"}]},
              {"type":"dataset_DatasetPackage","spdxId":"https://x.example/data","creationInfo":"_:c","name":"data","dataset_datasetType":["text"],"software_downloadLocation":"https://x.example/data.zip"},
              {"type":"Relationship","spdxId":"https://x.example/r","creationInfo":"_:c","from":"https://x.example/model","relationshipType":"trainedOn","to":["https://x.example/data"]}]}
            """));
        var claim = Assert.Single(evidence.Statements).Statement["predicate"]!;
        Assert.Equal("https://x.example/data.zip", claim["datasets"]![0]!["uri"]!.GetValue<string>());
        Assert.Equal("3", claim["hyperparameters"]!["epochs"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""{"bomFormat":"CycloneDX"}""")]
    [InlineData("""{"bomFormat":"CycloneDX","metadata":[],"components":{"a":1},"dependencies":3,"formulation":{}}""")]
    [InlineData("""{"bomFormat":"CycloneDX","metadata":{"component":{"name":1,"hashes":[{"alg":"SHA-256","content":"zz"}],"pedigree":[],"modelCard":7,"licenses":[{"license":1}]}}}""")]
    [InlineData("""{"spdxVersion":"SPDX-2.3","packages":[{"SPDXID":1}],"relationships":{}}""")]
    [InlineData("""{"@context":"https://spdx.org/rdf/3.0.1/spdx-context.jsonld","@graph":[{"type":"ai_AIPackage"}]}""")]
    [InlineData("""<bom xmlns="http://cyclonedx.org/schema/bom/1.6"/>""")]
    [InlineData("SPDXVersion: SPDX-2.3\nPackageName: x\nSPDXID: SPDXRef-x")]
    public void Broken_documents_are_refused_with_a_reason(string document)
    {
        var refusal = Assert.Throws<FormatException>(() => EvidenceReaders.Read(Probe(document)));
        Assert.NotEmpty(refusal.Message);
    }

    [Fact]
    public void Deep_nesting_is_no_danger()
    {
        var depth = 50_000;
        var xml = new StringBuilder($"<bom xmlns=\"http://cyclonedx.org/schema/bom/1.6\"><metadata><component type=\"data\"><name>x</name><hashes><hash alg=\"SHA-256\">{Artifact.Hex}</hash></hashes>");
        for (var i = 0; i < depth; i++)
        {
            xml.Append("<components><component type=\"data\"><name>x</name>");
        }

        for (var i = 0; i < depth; i++)
        {
            xml.Append("</component></components>");
        }

        xml.Append("</component></metadata></bom>");
        Assert.Throws<FormatException>(() => EvidenceReaders.Read(Probe(xml.ToString())));
    }

    private static DocumentProbe Probe(string text) => new(Encoding.UTF8.GetBytes(text), null);
}
