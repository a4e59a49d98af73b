using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Importing;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Trust;
using Aixv.Sigstore.Verification;

namespace Aixv.Export.Tests.Importing;

public sealed class StatementImportTests
{
    private static TrustedRoot Root { get; } = TrustedRoot.Parse(File.ReadAllBytes(Path.Combine(Samples.Folder, "trusted_root.json")));

    private static ImportedEvidence Import(string json, Digest? artifact = null) => EvidenceReaders.Read(new DocumentProbe(Encoding.UTF8.GetBytes(json), null), artifact);

    private static ImportedEvidence Import(string format, string sample) => EvidenceReaders.Read(new DocumentProbe(ExportedBytes.Of(format, sample), null));

    public static TheoryData<string, string> Builds
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var format in (string[])["slsa-provenance-v1", "slsa-provenance-v0.2", "in-toto-link"])
            {
                foreach (var sample in Samples.Names)
                {
                    data.Add(format, sample);
                }
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Builds))]
    public void Export_import_export_keeps_parents_datasets_and_run(string format, string sample)
    {
        var imported = Import(format, sample);
        Assert.Equal(format, imported.Format);
        Assert.Equal(2, imported.Statements.Length);
        Assert.Equal(JsonNode.Parse(ExportedBytes.Of(format, sample))!.ToJsonString(), imported.Statements[0].Statement.ToJsonString());
        var (before, after) = (Samples.Dossier(sample), DossierOf(sample, imported.Statements[1]));
        Assert.Equal(Describe(before.Parents), Describe(after.Parents));
        Assert.Equal(Describe(before.Datasets is { IsEmpty: true } ? null : before.Datasets), Describe(after.Datasets));
        Assert.Equal(before.Run?.Framework, after.Run?.Framework);
        Assert.Equal(before.Run?.FrameworkVersion, after.Run?.FrameworkVersion);
        Assert.Equal((before.Run?.CodeUri, before.Run?.CodeDigest), (after.Run?.CodeUri, after.Run?.CodeDigest));
        Assert.Equal((before.Run?.EnvironmentUri, before.Run?.EnvironmentDigest), (after.Run?.EnvironmentUri, after.Run?.EnvironmentDigest));
        Assert.Equal(before.Run?.InvocationId, after.Run?.InvocationId);
        if (format != "in-toto-link")
        {
            Assert.Equal((before.Run?.StartedOn, before.Run?.FinishedOn), (after.Run?.StartedOn, after.Run?.FinishedOn));
        }

        Assert.Equal(Parameters(before), Parameters(after));
    }

    [Theory]
    [InlineData("slsa-provenance-v1")]
    [InlineData("slsa-provenance-v0.2")]
    public void What_is_exported_of_an_import_is_the_same_again(string format)
    {
        var first = Dependencies(ExportedBytes.Of(format, Samples.Full));
        using var output = new MemoryStream();
        Exporters.Find(format)!.Write(DossierOf(Samples.Full, Import(format, Samples.Full).Statements[1]), output);
        Assert.Equal(first, Dependencies(output.ToArray()));
    }

    [Fact]
    public void A_bundle_brings_the_statement_that_it_signs()
    {
        var imported = Import("sigstore-bundle", Samples.Full);
        var bundle = Assert.Single(imported.Bundles);
        Assert.Empty(imported.Statements);
        Assert.Empty(bundle.Described);
        Assert.Equal(Samples.Dossier(Samples.Full).Artifact.Digest, bundle.Statement.Artifact);
        Assert.Equal("https://aixv.org/attestation/training/v1", bundle.Statement.PredicateType);
        Assert.Equal(Samples.Dossier(Samples.Full).Bundle!.Bytes.ToArray(), bundle.Bytes.ToArray());
    }

    [Fact]
    public void An_envelope_alone_is_described_evidence_and_says_so()
    {
        var imported = Import("dsse", Samples.Full);
        Assert.Empty(imported.Bundles);
        Assert.Single(imported.Statements);
        Assert.Contains(imported.Notes, note => note.Contains("signature was not checked", StringComparison.Ordinal));
    }

    [Fact]
    public void A_signature_of_bytes_is_no_evidence_to_import()
    {
        var path = Path.Combine(Samples.Folder, Samples.Full, "model.safetensors.sigstore.json");
        var refusal = Assert.Throws<FormatException>(() => EvidenceReaders.Read(new DocumentProbe(File.ReadAllBytes(path), null)));
        Assert.Contains("beside the artifact", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Provenance_of_others_gives_what_says_that_it_is_a_model_or_data()
    {
        var digest = Digest.Of("weights"u8);
        var imported = Import("""
            {"_type":"https://in-toto.io/Statement/v0.1","predicateType":"https://slsa.dev/provenance/v1",
             "subject":[{"name":"x","digest":{"sha512":"LONG"}},{"name":"model.gguf","digest":{"sha256":"HEX"}}],
             "predicate":{"buildDefinition":{"buildType":"https://actions.github.io/buildtypes/workflow/v1","externalParameters":{},"resolvedDependencies":[
               {"uri":"git+https://github.com/acme/train@refs/heads/main","digest":{"gitCommit":"0123456789abcdef0123456789abcdef01234567"}},
               {"uri":"hf://acme/base","digest":{"sha256":"HEX"}},{"uri":"pkg:npm/left-pad@1.0.0"},
               {"uri":"https://data.example/x","annotations":{"role":"training-data"}}]},
              "runDetails":{"builder":{"id":"https://github.com/actions/runner"},"metadata":{"invocationId":"https://github.com/acme/train/actions/runs/1","startedOn":"2026-01-02T03:04:05.678Z"}}}}
            """.Replace("HEX", digest.Hex, StringComparison.Ordinal).Replace("LONG", new string('a', 128), StringComparison.Ordinal));
        var claim = imported.Statements[1].Statement["predicate"]!;
        Assert.Equal("hf://acme/base", (string)Assert.Single(claim["parent_models"]!.AsArray())!["uri"]!);
        Assert.Equal("https://data.example/x", (string)Assert.Single(claim["datasets"]!.AsArray())!["uri"]!);
        Assert.Equal("git+https://github.com/acme/train@0123456789abcdef0123456789abcdef01234567", (string)claim["training_run"]!["code_uri"]!);
        Assert.Equal("2026-01-02T03:04:05.678Z", (string)claim["training_run"]!["started_on"]!);
        Assert.Null(claim["training_run"]!["framework"]);
        Assert.Equal("slsa-provenance-v1", (string)claim["metadata"]!["imported_from"]!["format"]!);
        Assert.Equal(digest, imported.Statements[0].Artifact);
    }

    [Fact]
    public void A_build_that_is_no_training_becomes_no_training_claim()
    {
        var imported = Import("""
            {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1","subject":[{"digest":{"sha256":"HEX"}}],
             "predicate":{"buildDefinition":{"buildType":"https://b.example/1","externalParameters":{},"resolvedDependencies":[{"uri":"pkg:npm/left-pad@1.0.0"}]},"runDetails":{"builder":{"id":"https://b.example"}}}}
            """.Replace("HEX", Digest.Of("x"u8).Hex, StringComparison.Ordinal));
        Assert.Single(imported.Statements);
        Assert.NotEmpty(imported.Notes);
    }

    [Theory]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"x","digest":{"sha512":"aa"}}],"predicateType":"https://x.example/1"}""", "sha512")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[],"predicateType":"https://x.example/1"}""", "$.subject")]
    [InlineData("""{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"gitBlob":"aa"}}],"predicateType":"https://x.example/1"}""", "no subject has a sha256")]
    [InlineData("""{"payload":"?","payloadType":"application/vnd.in-toto+json","signatures":[]}""", "base64")]
    [InlineData("""{"payload":"e30=","payloadType":"text/plain","signatures":[]}""", "text/plain")]
    [InlineData("""{"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json"}""", "bundle")]
    [InlineData("""{"hello":1}""", "none of the formats")]
    [InlineData("""{"hello":""", "not valid JSON")]
    public void What_cannot_be_evidence_is_refused_with_its_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Import(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Evidence_about_another_artifact_is_refused()
    {
        var json = Encoding.UTF8.GetString(ExportedBytes.Of("slsa-provenance-v1", Samples.Full));
        Assert.NotEmpty(Import(json, Samples.Dossier(Samples.Full).Artifact.Digest).Statements);
        Assert.Contains("not about", Assert.Throws<FormatException>(() => Import(json, Digest.Of("other"u8))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_signature_may_be_meant_by_any_of_its_files()
    {
        var imported = EvidenceReaders.Read(new DocumentProbe(ExportedBytes.Of("oms-statement", Samples.Full), null), Samples.Dossier(Samples.Full).Artifact.Digest);
        Assert.Equal("oms-statement", imported.Format);
        Assert.NotEqual(Samples.Dossier(Samples.Full).Artifact.Digest, imported.Statements[0].Artifact);
    }

    /// <summary>The dossier of a store that has nothing but the imported claim.</summary>
    private static Dossier DossierOf(string sample, ImportedStatement imported)
    {
        var folder = Directory.CreateTempSubdirectory("aixv-import-").FullName;
        try
        {
            var artifact = Samples.Dossier(sample).Artifact;
            new AttestationStore(folder).Append(imported.Statement, imported.Artifact, default(ReadOnlyMemory<byte>?), Samples.Dossier(sample).Time);
            var graph = new StoreIndex(folder, IndexKey.Create(), new SigstoreRecordCheck(Root), TimeProvider.System).Refresh(TestContext.Current.CancellationToken).Graph;
            return DossierBuilder.Build(new DossierInput
            {
                Artifact = artifact,
                ToolVersion = "0.1.0",
                Attestations = [.. StoreReading.Attestations(folder, graph, artifact.Digest, new AttestationVerifier(new Verifier(Root)), _ => false)],
                Lineage = LineageTrust.Of(graph, _ => false),
                TrustsForAdvisories = _ => false,
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string? Describe(System.Collections.Immutable.ImmutableArray<ReferenceFacts>? references) => references is not { } found ? null :
        string.Join('\n', found.Select(r => $"{r.Digest} {r.Uri} {r.Name} {r.Split} {r.Relation}").Order(StringComparer.Ordinal));

    private static string Parameters(Dossier dossier) => dossier.Run is not { } run ? "" :
        new JsonArray((JsonNode)Aixv.Export.Attestations.StructValues.Of(run.Hyperparameters), Aixv.Export.Attestations.StructValues.Of(run.Compute), Aixv.Export.Attestations.StructValues.Of(run.Others)).ToJsonString();

    private static string Dependencies(byte[] document)
    {
        var predicate = JsonNode.Parse(document)!["predicate"]!;
        var list = (predicate["buildDefinition"]?["resolvedDependencies"] ?? predicate["materials"])!.DeepClone().AsArray();
        foreach (var item in list)
        {
            // How well something is proven is of the store that it is in, not of the claim.
            (item!["annotations"] as JsonObject)?.Remove("tier");
        }

        return list.ToJsonString() + (predicate["buildDefinition"]?["externalParameters"] ?? predicate["invocation"])!.ToJsonString() + (predicate["runDetails"]?["metadata"] ?? predicate["metadata"])!.ToJsonString();
    }
}
