using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Attestations;

/// <summary>Each MUST that is checked, broken once.</summary>
public sealed class AttestationFaultsTests
{
    /// <summary>Format, the member's path, what it becomes (null removes it), and the place that the fault names.</summary>
    public static TheoryData<string, string, string?, string> Mutants => new()
    {
        { "in-toto-statement", "subject", "[]", "$.subject" },
        { "in-toto-statement", "subject/0/digest/sha256", "\"ABC\"", "$.subject[0].digest.sha256" },
        { "in-toto-statement", "predicateType", "\"training\"", "$.predicateType" },
        { "slsa-provenance-v1", "predicate/buildDefinition/buildType", null, "buildType" },
        { "slsa-provenance-v1", "predicate/buildDefinition/externalParameters", null, "externalParameters" },
        { "slsa-provenance-v1", "predicate/buildDefinition/resolvedDependencies/0", "{\"name\":\"x\"}", "resolvedDependencies[0]" },
        { "slsa-provenance-v1", "predicate/runDetails/builder/id", "\"me\"", "builder.id" },
        { "slsa-provenance-v1", "predicate/runDetails/metadata/startedOn", "\"yesterday\"", "startedOn" },
        { "slsa-provenance-v1", "predicate", null, "$.predicate" },
        { "slsa-provenance-v0.2", "predicate/builder/id", null, "builder.id" },
        { "slsa-provenance-v0.2", "predicate/metadata/completeness/materials", "1", "completeness.materials" },
        { "slsa-provenance-v0.2", "predicate/materials/0/digest/sha256", "\"00\"", "materials[0].digest.sha256" },
        { "slsa-vsa-v1", "predicate/verificationResult", "\"MAYBE\"", "verificationResult" },
        { "slsa-vsa-v1", "predicate/policy", null, "policy" },
        { "slsa-vsa-v1", "predicate/resourceUri", null, "resourceUri" },
        { "slsa-vsa-v1", "predicate/verifiedLevels", null, "verifiedLevels" },
        { "in-toto-svr", "predicate/verifier/id", null, "verifier.id" },
        { "in-toto-svr", "predicate/timeCreated", "\"2026\"", "timeCreated" },
        { "in-toto-svr", "predicate/properties", "[1]", "properties[0]" },
        { "in-toto-release", "predicate/purl", "\"pkg:huggingface/acme/demo-model\"", "version" },
        { "in-toto-scai", "predicate/attributes", "[]", "attributes" },
        { "in-toto-scai", "predicate/attributes/0/attribute", null, "attributes[0].attribute" },
        { "in-toto-reference", "predicate/references/0/mediaType", null, "references[0].mediaType" },
        { "in-toto-reference", "predicate/references/0/downloadLocation", null, "references[0].downloadLocation" },
        { "in-toto-test-result", "predicate/result", "\"OK\"", "result" },
        { "in-toto-test-result", "predicate/configuration", null, "configuration" },
        { "in-toto-vulns", "predicate/scanner/db/lastUpdate", null, "lastUpdate" },
        { "in-toto-vulns", "predicate/scanner/result/0/severity/0/method", null, "severity[0].method" },
        { "in-toto-vulns", "predicate/metadata/scanFinishedOn", null, "scanFinishedOn" },
        { "in-toto-link", "predicate/name", null, "name" },
        { "oms-statement", "predicate/resources/0/digest", "\"00\"", "resources[0].digest" },
        { "oms-statement", "predicate/resources/0/digest", $"\"{new string('0', 64)}\"", "$.subject" },
        { "oms-statement", "predicate/serialization/method", "\"shards\"", "shard_size" },
        { "oms-statement", "predicate/serialization/allow_symlinks", null, "allow_symlinks" },
        { "dsse", "signatures", "[]", "signatures" },
        { "dsse", "payload", "\"?\"", "payload" },
        { "dsse", "payload", "\"e30=\"", "$.subject" },
        { "dsse", "signatures/0/sig", "\"\"", "signatures[0].sig" },
        { "sigstore-bundle", "verificationMaterial", null, "verificationMaterial" },
        { "w3c-vc", "@context/0", "\"https://example.org\"", "@context" },
        { "w3c-vc", "type", "\"Thing\"", "type" },
        { "w3c-vc", "issuer", "\"me\"", "issuer" },
        { "w3c-vc", "validFrom", "\"2026-01-01\"", "validFrom" },
        { "w3c-vc", "credentialSubject", "[]", "credentialSubject" },
        { "w3c-vc", "evidence/0/type", null, "evidence[0].type" },
        { "aixv", "artifact/digest", "\"x\"", "artifact.digest" },
        { "aixv", "lineage/edges/0/parent", "\"nobody\"", "edges[0].parent" },
        { "aixv", "time", null, "time" },
    };

    [Theory, MemberData(nameof(Mutants))]
    public void A_broken_document_is_found_out(string format, string path, string? value, string place)
    {
        var document = JsonNode.Parse(ExportedBytes.Of(format, Samples.Full))!;
        Change(document, path.Split('/'), value);
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(document.ToJsonString()), null);
        var exporter = Exporters.Find(format)!;
        Assert.Contains(exporter.Faults(probe), fault => fault.Contains(place, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("index 1\n", "index 01\n", "line 3")]
    [InlineData("index 1\n", "index 2\n", "not in a tree")]
    [InlineData("extra ", "extra ?", "line 2")]
    [InlineData("\n\nlocalhost\n", "\nAAAA\n\nlocalhost\n", "line 5")]
    [InlineData("\n\nlocalhost\n", "\n\n\n", "checkpoint")]
    public void A_broken_log_proof_is_found_out(string from, string to, string place)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("c2sp-tlog-proof", Samples.Full));
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal)), null);
        var exporter = Exporters.Find("c2sp-tlog-proof")!;
        Assert.True(exporter.Recognizes(probe));
        Assert.Contains(exporter.Faults(probe), fault => fault.Contains(place, StringComparison.Ordinal));
    }

    private static void Change(JsonNode node, ReadOnlySpan<string> path, string? value)
    {
        if (path.Length > 1)
        {
            Change(node is JsonArray list ? list[int.Parse(path[0])]! : node[path[0]]!, path[1..], value);
        }
        else if (node is JsonArray items)
        {
            items[int.Parse(path[0])] = JsonNode.Parse(value!);
        }
        else if (value is null)
        {
            node.AsObject().Remove(path[0]);
        }
        else
        {
            node[path[0]] = JsonNode.Parse(value);
        }
    }
}
