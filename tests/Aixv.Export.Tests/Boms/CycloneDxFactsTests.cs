using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Boms;

/// <summary>Every fact of the dossier that CycloneDX has a place for is in the documents.</summary>
public sealed class CycloneDxFactsTests
{
    private static readonly string[] Bills =
    [
        "cyclonedx-1.6-json", "cyclonedx-1.7-json", "cyclonedx-1.6-mlbom", "cyclonedx-1.7-mlbom", "cyclonedx-1.6-xml", "cyclonedx-1.7-xml",
    ];

    public static TheoryData<string> AllBills => [.. Bills];

    [Theory, MemberData(nameof(AllBills))]
    public void Everything_known_of_the_full_sample_is_in_the_bill(string format)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Full)).Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.All(BillFacts.OfFull, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    [Theory, InlineData("1.6"), InlineData("1.7")]
    public void Everything_known_of_the_full_sample_is_in_the_protobuf_bill(string version)
    {
        var text = CycloneDxValidationTests.ReadProtobuf(version, [Samples.Full])[0];
        Assert.All(BillFacts.OfFull, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_recalled_parent_is_marked_and_its_advisory_is_exploitable()
    {
        var bom = Parse("cyclonedx-1.7-mlbom", Samples.Recalled);
        var parent = bom["metadata"]!["component"]!["pedigree"]!["ancestors"]![0]!;
        Assert.Contains(parent["properties"]!.AsArray(), p => p!["name"]!.GetValue<string>() == "aixv:recalled-by" && p["value"]!.GetValue<string>() == "ADV-2026-0100");
        var recall = bom["vulnerabilities"]!.AsArray().Single(v => v!["id"]!.GetValue<string>() == "ADV-2026-0100")!;
        Assert.Equal("exploitable", recall["analysis"]!["state"]!.GetValue<string>());
        Assert.Equal("critical", recall["ratings"]![0]!["severity"]!.GetValue<string>());
        Assert.Contains(bom["properties"]!.AsArray(), p => p!["name"]!.GetValue<string>() == "aixv:decision" && p["value"]!.GetValue<string>() == "deny");
    }

    [Fact]
    public void A_model_from_scratch_says_so_and_has_no_ancestors()
    {
        var pedigree = Parse("cyclonedx-1.6-mlbom", Samples.Scratch)["metadata"]!["component"]!["pedigree"]!;
        Assert.Null(pedigree["ancestors"]);
        Assert.Contains("trained from scratch", pedigree["notes"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void Facts_that_nobody_signed_do_not_look_attested()
    {
        var bom = Parse("cyclonedx-1.7-mlbom", Samples.Uris);
        Assert.Contains("not attested", bom["annotations"]![0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains(bom["properties"]!.AsArray(), p => p!["name"]!.GetValue<string>() == "aixv:evidence" && p["value"]!.GetValue<string>() == "described");
        Assert.DoesNotContain(bom["citations"]!.AsArray(), c => c!["attributedTo"]!.GetValue<string>() == "signer");
    }

    [Fact]
    public void In_1_7_the_signer_is_cited_for_the_lineage_and_the_supplier_for_what_it_declares()
    {
        var citations = Parse("cyclonedx-1.7-mlbom", Samples.Full)["citations"]!.AsArray();
        Assert.Equal(["signer", "supplier", "aixv"], citations.Select(c => c!["attributedTo"]!.GetValue<string>()));
        Assert.Null(Parse("cyclonedx-1.6-mlbom", Samples.Full)["citations"]);
    }

    [Fact]
    public void XML_and_protobuf_hold_what_JSON_holds()
    {
        var dossier = Samples.Dossier(Samples.Full);
        foreach (var version in (string[])["1.6", "1.7"])
        {
            var content = CycloneDxContent.Of(dossier, $"cyclonedx-{version}-xml", version);
            var xml = BomXmlReader.Read(new DocumentProbe(ExportedBytes.Of($"cyclonedx-{version}-xml", Samples.Full), null).Xml!);
            var message = new BomProtobufReader().Read(ExportedBytes.Of($"cyclonedx-{version}-protobuf", Samples.Full));
            content.Remove("$schema");
            message["serialNumber"] = content["serialNumber"]!.DeepClone();
            Assert.True(JsonNode.DeepEquals(content, xml), "XML");
            Assert.True(JsonNode.DeepEquals(content, message), "protobuf");
        }
    }

    [Fact]
    public void An_ML_BOM_of_a_dataset_is_refused()
    {
        var dossier = Samples.Dossier(Samples.Full);
        var dataset = dossier with { Artifact = dossier.Artifact with { Type = "dataset" } };
        Assert.NotEmpty(Exporters.Find("ml-bom")!.Missing(dataset));
        using var output = new MemoryStream();
        Exporters.Find("cyclonedx-1.6-json")!.Write(dataset, output);
        var component = JsonNode.Parse(output.ToArray())!["metadata"]!["component"]!;
        Assert.Equal("data", component["type"]!.GetValue<string>());
        Assert.Null(component["modelCard"]);
    }

    [Fact]
    public void The_attestations_name_each_rule_of_the_policy_and_the_evidence()
    {
        var bom = Parse("cyclonedx-attestations", Samples.Recalled);
        var map = bom["declarations"]!["attestations"]![0]!["map"]!.AsArray();
        Assert.Contains(map, m => m!["conformance"]!["score"]!.GetValue<int>() == 0 && m["counterClaims"] is JsonArray);
        Assert.Contains(map, m => m!["conformance"]!["score"]!.GetValue<int>() == 1 && m["claims"] is JsonArray);
        var evidence = bom["declarations"]!["evidence"]!.ToJsonString();
        Assert.All(Samples.Dossier(Samples.Recalled).Bundles, b => Assert.Contains(b.Digest.Hex, evidence, StringComparison.Ordinal));
    }

    [Fact]
    public void The_VEX_says_what_each_advisory_means_for_the_artifact()
    {
        var states = Parse("cyclonedx-vex", Samples.Full)["vulnerabilities"]!.AsArray()
            .ToDictionary(v => v!["id"]!.GetValue<string>(), v => v!["analysis"]!["state"]!.GetValue<string>());
        Assert.Equal("exploitable", states["ADV-2026-0001"]);
        Assert.Equal("resolved", states["ADV-2026-0002"]);
    }

    private static JsonNode Parse(string format, string sample) => JsonNode.Parse(ExportedBytes.Of(format, sample))!;
}
