using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Boms;

/// <summary>Broken CycloneDX documents are found out, each for its own reason; other people's good ones are not.</summary>
public sealed class CycloneDxRulesTests
{
    private const string Sound = """
        {
          "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79", "version": 1,
          "metadata": {
            "timestamp": "2025-01-02T03:04:05.678+02:00",
            "tools": [ { "vendor": "somebody", "name": "scanner", "version": "1" } ],
            "component": {
              "type": "machine-learning-model", "bom-ref": "model", "name": "org/model", "licenses": [ { "license": { "id": "MIT" } } ],
              "modelCard": { "modelParameters": { "datasets": [ { "type": "dataset", "name": "inline" }, { "ref": "data" } ] } }
            }
          },
          "components": [ { "type": "data", "bom-ref": "data", "name": "set", "hashes": [ { "alg": "SHA-1", "content": "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709" } ] } ],
          "services": [ { "bom-ref": "service", "name": "api", "x-trust-boundary": true } ],
          "dependencies": [ { "ref": "model", "dependsOn": [ "data", "service" ] } ],
          "vulnerabilities": [ { "id": "CVE-1", "affects": [ { "ref": "urn:cdx:3e671687-395b-41f5-a30f-a58921a69b79/1#x" } ], "analysis": { "state": "exploitable" } } ]
        }
        """;

    [Fact]
    public void A_sound_document_of_somebody_else_has_no_faults() => Assert.Empty(FaultsOf("cyclonedx-1.6-mlbom", JsonNode.Parse(Sound)!));

    [Theory]
    [InlineData("\"urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79\"", "\"3e671687\"", "$.serialNumber")]
    [InlineData("\"version\": 1,\n  \"metadata\"", "\"version\": 0,\n  \"metadata\"", "$.version")]
    [InlineData("2025-01-02T03:04:05.678+02:00", "yesterday", "$.metadata.timestamp")]
    [InlineData("\"type\": \"data\", \"bom-ref\": \"data\"", "\"type\": \"dataset\", \"bom-ref\": \"data\"", "$.components[0].type")]
    [InlineData("\"bom-ref\": \"data\", ", "", "no element has the bom-ref 'data'")]
    [InlineData("\"bom-ref\": \"data\"", "\"bom-ref\": \"model\"", "bom-ref 'model': it stands 2 times")]
    [InlineData("\"alg\": \"SHA-1\"", "\"alg\": \"sha1\"", "$.components[0].hashes[0].alg")]
    [InlineData("DA39A3EE", "XYZ", "$.components[0].hashes[0].content")]
    [InlineData("\"name\": \"set\",", "", "$.components[0].name: it is required")]
    [InlineData("\"ref\": \"model\", ", "", "$.dependencies[0].ref: it is required")]
    [InlineData("[ \"data\", \"service\" ]", "[ \"data\", \"data\" ]", "must be unique")]
    [InlineData("[ \"data\", \"service\" ]", "\"data\"", "a list is expected")]
    [InlineData("\"state\": \"exploitable\"", "\"state\": \"affected\"", ".analysis.state")]
    [InlineData("\"id\": \"MIT\"", "\"id\": \"MIT\", \"name\": \"MIT\"", "either an id or a name")]
    [InlineData("[ { \"license\": { \"id\": \"MIT\" } } ]", "[ { \"license\": { \"id\": \"MIT\" } }, { \"expression\": \"MIT\" } ]", "an expression stands alone")]
    public void A_broken_rule_is_found(string sound, string broken, string expected)
    {
        var document = Sound.ReplaceLineEndings("\n");
        Assert.Contains(sound, document, StringComparison.Ordinal);
        var faults = FaultsOf("cyclonedx-1.6-mlbom", JsonNode.Parse(document.Replace(sound, broken, StringComparison.Ordinal))!);
        Assert.Contains(faults, fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_card_on_anything_but_a_model_is_found()
    {
        var faults = FaultsOf("cyclonedx-1.6-json", JsonNode.Parse(Sound.Replace("\"type\": \"machine-learning-model\"", "\"type\": \"library\"", StringComparison.Ordinal))!);
        Assert.Contains(faults, fault => fault.Contains("only a component of the type machine-learning-model", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ref=\"uuid-", "ref=\"other-")]
    [InlineData("alg=\"SHA-256\"", "alg=\"SHA256\"")]
    [InlineData("type=\"data\"", "type=\"dataset\"")]
    [InlineData("<aggregate>unknown</aggregate>", "<aggregate>nothing</aggregate>")]
    public void Broken_XML_is_found(string sound, string broken)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("cyclonedx-1.6-xml", Samples.Full)).Replace("</bom>", "<compositions><composition><aggregate>unknown</aggregate></composition></compositions></bom>", StringComparison.Ordinal);
        var exporter = Exporters.Find("cyclonedx-1.6-xml")!;
        Assert.Empty(exporter.Faults(new DocumentProbe(Encoding.UTF8.GetBytes(text), null)));
        var at = text.IndexOf(sound, StringComparison.Ordinal);
        var mutant = text[..at] + broken + text[(at + sound.Length)..];
        Assert.NotEmpty(exporter.Faults(new DocumentProbe(Encoding.UTF8.GetBytes(mutant), null)));
    }

    [Fact]
    public void Cut_or_changed_protobuf_never_throws_and_cut_ones_are_found()
    {
        var exporter = Exporters.Find("cyclonedx-1.6-protobuf")!;
        var message = ExportedBytes.Of("cyclonedx-1.6-protobuf", Samples.Full);
        for (var length = 5; length < message.Length; length += 97)
        {
            Assert.NotNull(exporter.Faults(new DocumentProbe(message.AsMemory(0, length), null)).ToList());
        }

        Assert.NotEmpty(exporter.Faults(new DocumentProbe(message.AsMemory(0, message.Length - 1), null)));
        for (var at = 5; at < message.Length; at += 13)
        {
            var mutant = message.ToArray();
            mutant[at] ^= (byte)(1 << (at % 8));
            Assert.NotNull(exporter.Faults(new DocumentProbe(mutant, null)).ToList());
        }
    }

    [Theory]
    [InlineData("\"assessor\": \"assessor\"", "\"assessor\": \"nobody\"")]
    [InlineData("\"score\": 1", "\"score\": 2")]
    [InlineData("\"requirement\": \"requirement:0\"", "\"requirement\": \"requirement:x\"")]
    public void Broken_declarations_are_found(string sound, string broken)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("cyclonedx-attestations", Samples.Full));
        Assert.Contains(sound, text, StringComparison.Ordinal);
        Assert.NotEmpty(FaultsOf("cyclonedx-attestations", JsonNode.Parse(text.Replace(sound, broken, StringComparison.Ordinal))!));
    }

    [Fact]
    public void Wrong_shapes_never_throw()
    {
        string[] documents =
        [
            """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":[],"components":{},"dependencies":[1,null],"vulnerabilities":[{"affects":"x"}],"annotations":1}""",
            """{"bomFormat":"CycloneDX","specVersion":"1.6","metadata":{"component":{"type":"machine-learning-model","modelCard":[],"licenses":[null,1],"pedigree":3}},"version":"1"}""",
            """{"bomFormat":"CycloneDX","specVersion":"1.7","citations":[{}],"declarations":{"claims":[{"evidence":[{}]}]},"formulation":[{"workflows":[{"taskTypes":["x"]}]}]}""",
        ];
        foreach (var document in documents)
        {
            var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document), null);
            var found = Exporters.Recognize(probe).ToList();
            Assert.NotEmpty(found);
            Assert.All(found, exporter => Assert.NotEmpty(exporter.Faults(probe)));
        }
    }

    private static List<string> FaultsOf(string format, JsonNode document)
    {
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document.ToJsonString()), null);
        return [.. Exporters.Find(format)!.Faults(probe)];
    }
}
