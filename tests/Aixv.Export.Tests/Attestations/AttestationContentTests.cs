using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Export.Tests.Attestations;

/// <summary>Every fact that a format has a place for is found in its document.</summary>
public sealed class AttestationContentTests
{
    private const string Base = "4f5bb533dc9a08cfd36c87f8bb3a5b08d3770bb7146376806be0615c8e1cd46e";
    private const string Instructions = "238fa28a94976c7da14563bc873c2729bd5cd325389085bb4c6dd0de28923590";
    private const string Code = "274244d64c1a892d01a1863b50703e2f224c46bec6f29a25d63b5ff7291e979c";
    private const string Container = "a42d519714d616e9411dbceec4b52808bd6b1ee53e6f6497a281d655357d8b71";
    private const string Release = "https://ci.example/acme/demo-model/.workflows/release.yml@refs/tags/v1.2.0";

    private static readonly string[] Run =
    [
        Base, "hf://acme/base-7b@0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", "finetune", Instructions, "https://hub.example/datasets/acme/instructions", "acme/held-out", "rlhf",
        "https://hub.example/datasets/acme/preferences", "pytorch", "2.6.0", Code, "https://git.example/acme/train@0123456789abcdef0123456789abcdef01234567", Container,
        "https://registry.example/acme/trainer:2.6", "18446744073709551557", "adamw", "8 x H100", "west-1", "run-4711",
    ];

    public static TheoryData<string, string, string[]> Facts => new()
    {
        { "slsa-provenance-v1", Samples.Full, [.. Run, "2026-03-01T08:00:00Z", "2026-03-02T20:30:00Z", Release, "bca73b43beb514d2b1f2843ca7616dff0e0288963d7e5cf071a2288f227e7bf6"] },
        { "slsa-provenance-v0.2", Samples.Full, [.. Run, "2026-03-01T08:00:00Z", "2026-03-02T20:30:00Z", Release] },
        { "in-toto-link", Samples.Full, [.. Run] },
        { "in-toto-statement", Samples.Full, [.. Run] },
        { "aixv", Samples.Full, [.. Run, Release, "mmlu", "0.713", "ADV-2026-0001", "production", "Apache-2.0", "Ada Example", "level-2", "checkpoint"] },
        { "w3c-vc", Samples.Full, [.. Run, Release, "\"allow\"", "production", "level-2", "application/vnd.dev.sigstore.bundle.v0.3+json", "bca73b43beb514d2b1f2843ca7616dff0e0288963d7e5cf071a2288f227e7bf6", "ADV-2026-0001"] },
        { "slsa-vsa-v1", Samples.Full, ["PASSED", "AIXV_LEVEL_2", "hf://acme/demo-model", "2026-12-01T12:00:00Z", "bca73b43beb514d2b1f2843ca7616dff0e0288963d7e5cf071a2288f227e7bf6"] },
        { "slsa-vsa-v1", Samples.Recalled, ["\"FAILED\""] },
        { "in-toto-svr", Samples.Full, ["AIXV_ADMITTED", "AIXV_SIGNATURE_SUBJECT", "AIXV_ADVISORIES", "2026-12-01T12:00:00Z"] },
        { "in-toto-release", Samples.Full, ["pkg:huggingface/acme/demo-model@1.2.0", "model.safetensors"] },
        { "in-toto-scai", Samples.Full, ["DERIVED_FROM", "TRAINED_ON", "SIGNED_BY", "LOGGED_IN", "ACTIVE_ADVISORY", Base, Instructions, "rlhf", Release, "localhost"] },
        { "in-toto-scai", Samples.Scratch, ["TRAINED_FROM_SCRATCH", "NO_ACTIVE_ADVISORY"] },
        { "in-toto-reference", Samples.Full, ["https://hub.example/acme/demo-model/model.safetensors.sigstore.json", "5eb560756f3823200a2b8cf5012d90ba67d7df67f37dfda6a6ac8697c45aa376"] },
        { "in-toto-test-result", Samples.Recalled, ["FAILED", "advisories", "violation/advisory-severity", "production"] },
        { "in-toto-vulns", Samples.Recalled, ["ADV-2026-0100", "critical", "weights-backdoor", "ADV-2026-0002", "mitigated", "stop serving the artifact", "derived_from"] },
        { "oms-statement", Samples.Full, ["model.safetensors", "bc8328b31f7a0aaaa12ff95b7655db3a541d99c12c935f82f50d6f4953a91525"] },
        { "c2sp-tlog-proof", Samples.Full, ["c2sp.org/tlog-proof@v1", "index 1", "— localhost "] },
    };

    [Theory, MemberData(nameof(Facts))]
    public void A_document_holds_what_its_standard_has_a_place_for(string format, string sample, string[] facts)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, sample)).Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
    }

    [Fact]
    public void An_envelope_holds_the_bytes_that_were_signed()
    {
        var envelope = JsonNode.Parse(ExportedBytes.Of("dsse", Samples.Full))!;
        Assert.Equal(Samples.Dossier(Samples.Full).Training!.Bytes.ToArray(), Convert.FromBase64String((string)envelope["payload"]!));
        Assert.Equal(Samples.Dossier(Samples.Full).Bundle!.Bytes.ToArray(), ExportedBytes.Of("sigstore-bundle", Samples.Full));
    }

    [Theory]
    [InlineData("slsa-provenance-v1")]
    [InlineData("slsa-provenance-v0.2")]
    [InlineData("in-toto-link")]
    [InlineData("in-toto-scai")]
    [InlineData("w3c-vc")]
    public void An_unsigned_claim_does_not_look_signed(string format)
    {
        var dossier = Samples.Dossier(Samples.Uris);
        var exporter = Exporters.Find(format)!;
        if (exporter.Missing(dossier).Count == 0)
        {
            var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Uris));
            Assert.Matches("\"(signed|claimIsSigned|trainingClaimIsSigned)\": false", text);
            Assert.DoesNotMatch("\"(signed|claimIsSigned|trainingClaimIsSigned)\": true", text);
        }
        else
        {
            Assert.Equal("w3c-vc", format);
        }
    }

    [Fact]
    public void From_scratch_is_said_and_unknown_is_not()
    {
        Assert.True((bool)JsonNode.Parse(ExportedBytes.Of("slsa-provenance-v1", Samples.Scratch))!["predicate"]!["buildDefinition"]!["internalParameters"]!["trainedFromScratch"]!);
        Assert.Null(JsonNode.Parse(ExportedBytes.Of("slsa-provenance-v1", Samples.Full))!["predicate"]!["buildDefinition"]!["internalParameters"]!["trainedFromScratch"]);
    }

    [Fact]
    public void The_root_of_a_signed_model_is_over_the_raw_digests_of_its_files()
    {
        var statement = JsonNode.Parse(ExportedBytes.Of("oms-statement", Samples.Full))!;
        var expected = System.Security.Cryptography.SHA256.HashData(Convert.FromHexString((string)statement["predicate"]!["resources"]![0]!["digest"]!));
        Assert.Equal(Convert.ToHexStringLower(expected), (string)statement["subject"]![0]!["digest"]!["sha256"]!);
    }
}
