using System.Text;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Tests.Catalogs;

/// <summary>What a catalogue entry must tell is in it, and broken entries are found.</summary>
public sealed class CatalogFactsTests
{
    /// <summary>Format, then facts of the full sample.</summary>
    public static TheoryData<string, string[]> Facts => new()
    {
        { "croissant-1.0", ["acme/instructions", "The dataset acme/instructions.", "https://spdx.org/licenses/CC-BY-4.0", "2026-01-10", "data.parquet", "application/vnd.apache.parquet", "train", "cr:Split", "bundle"] },
        { "croissant-1.1", ["http://mlcommons.org/croissant/1.1", "acme/instructions", "2026-01-10", "train"] },
        { "hf-model-card", ["license: \"apache-2.0\"", "- \"acme/base-7b\"", "finetune", "transformers", "text-generation", "- \"aixv\"", "aixv verify"] },
        { "modelpack-config", ["1.2.0", "Apache-2.0", "LlamaForCausalLM", "safetensors", "7b", "bfloat16", "git.example", "2026-03-02T20:30:00Z", "layers"] },
        { "modelpack-manifest", ["application/vnd.cncf.model.manifest.v1+json", "application/vnd.cncf.model.weight.v1.raw"] },
        { "oci-manifest", ["application/vnd.dev.sigstore.bundle.v0.3+json", "application/vnd.oci.empty.v1+json", "https://aixv.org/attestation/training/v1"] },
        { "oci-referrers", ["application/vnd.oci.image.index.v1+json", "application/vnd.dev.sigstore.bundle.v0.3+json"] },
        { "mlflow-mlmodel", ["transformers", "run-4711", "acme/base-7b", "acme/instructions", "aixv.log_index"] },
        { "fair4ml", ["fair4ml:MLModel", "acme/base-7b", "acme/instructions", "acme/held-out", "text-generation", "Demonstrations."] },
        { "mldcat-ap", ["it6:MachineLearningModel", "1.2.0", "2025-11-01", "The dataset acme/held-out.", "it6:hasFile"] },
        { "schema-org", ["SoftwareApplication", "acme/base-7b", "acme/instructions", "Ada Example", "https://spdx.org/licenses/Apache-2.0"] },
        { "google-model-card", ["1.2.0", "Ada Example", "Apache-2.0", "acme/instructions", "LlamaForCausalLM", "It knows nothing.", "0.713"] },
        { "citation-cff", ["cff-version", "Ada Example", "2026-03-05", "Apache-2.0", "acme/base-7b", "hf://acme/base-7b@0f1e2d3c4b5a69788796a5b4c3d2e1f001122334", "acme/held-out"] },
        { "datacite-xml", ["Ada Example", "2026", "IsDerivedFrom", "resourceTypeGeneral=\"Model\"", "https://hub.example/datasets/acme/instructions"] },
        { "codemeta", ["https://w3id.org/codemeta/3.0", "pytorch 2.6.0", "Ada Example"] },
    };

    [Theory, MemberData(nameof(Facts))]
    public void Everything_that_the_standard_has_a_place_for_is_in_the_entry(string format, string[] facts)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Full)).Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.All(facts, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        var dossier = Samples.Dossier(Samples.Full);
        // One document a dataset; an index names manifests only.
        var subject = format.StartsWith("croissant", StringComparison.Ordinal) ? dossier.Datasets!.Value[0].Digest!.Hex : dossier.Artifact.Digest.Hex;
        Assert.True(format is "oci-manifest" or "oci-referrers" || text.Contains(subject, StringComparison.Ordinal), "its digest is not there");
        Assert.True(format is "modelpack-config" or "oci-referrers" || text.Contains(dossier.Bundle!.Digest.Hex, StringComparison.Ordinal), "the signed evidence is not there");
    }

    [Fact]
    public void A_referrer_points_at_the_very_manifest_and_holds_the_very_bundle()
    {
        var dossier = Samples.Dossier(Samples.Full);
        var referrer = SampleDocuments.Json("oci-manifest", Samples.Full);
        var manifest = ExportedBytes.Of("modelpack-manifest", Samples.Full);
        Assert.Equal(Digest.Of(manifest).ToString(), referrer["subject"]!["digest"]!.GetValue<string>());
        Assert.Equal(manifest.Length, referrer["subject"]!["size"]!.GetValue<int>());
        Assert.Equal(dossier.Bundle!.Digest.ToString(), referrer["layers"]![0]!["digest"]!.GetValue<string>());
        var config = ExportedBytes.Of("modelpack-config", Samples.Full);
        Assert.Equal(Digest.Of(config).ToString(), SampleDocuments.Json("modelpack-manifest", Samples.Full)["config"]!["digest"]!.GetValue<string>());
        var first = SampleDocuments.Json("oci-referrers", Samples.Full)["manifests"]![0]!;
        Assert.Equal(Digest.Of(ExportedBytes.Of("oci-manifest", Samples.Full)).ToString(), first["digest"]!.GetValue<string>());
    }

    [Fact]
    public void Croissant_describes_the_dataset_that_is_asked_for_or_says_what_is_missing()
    {
        var full = Samples.Dossier(Samples.Full);
        var exporter = Exporters.Find("croissant-1.1")!;
        using var output = new MemoryStream();
        exporter.Write(full with { Dataset = "acme/held-out" }, output);
        Assert.Contains(full.Datasets!.Value[1].Digest!.Hex, Encoding.UTF8.GetString(output.ToArray()), StringComparison.Ordinal);
        Assert.Contains("a dataset of the claim that is nowhere", exporter.Missing(full with { Dataset = "nowhere" }));
        Assert.Contains(exporter.Missing(full with { Dataset = full.Datasets.Value[2].Uri }), missing => missing.Contains("licence", StringComparison.Ordinal));
        Assert.NotEmpty(exporter.Missing(Samples.Dossier(Samples.Recalled)));
    }

    [Theory]
    [InlineData("croissant-1.0", "creator", "creator is required")]
    [InlineData("croissant-1.0", "distribution.0.sha256", "sha256 is required")]
    [InlineData("croissant-1.1", "distribution.0.contentUrl", "contentUrl is required")]
    [InlineData("modelpack-config", "modelfs.diffIds=[]", "at least 1")]
    [InlineData("modelpack-config", "modelfs.type=\"layer\"", "layers is expected")]
    [InlineData("modelpack-manifest", "config.digest=\"sha256:1\"", "64 lower-case hex digits")]
    [InlineData("oci-manifest", "artifactType", "artifactType is required")]
    [InlineData("oci-manifest", "subject.size", "size is required")]
    [InlineData("oci-referrers", "schemaVersion=1", "2 is expected")]
    [InlineData("google-model-card", "model_details.name", "name is required")]
    [InlineData("google-model-card", "model_details.licenses.0.custom_text=\"x\"", "either identifier or custom_text")]
    public void A_broken_JSON_entry_is_found(string format, string edit, string expected) =>
        Assert.Contains(Mutants.FaultsOf(format, Samples.Full, edit), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("citation-cff", "title:", "titel:", "title is required")]
    [InlineData("citation-cff", "2026-03-05", "5 March", "YYYY-MM-DD")]
    [InlineData("mlflow-mlmodel", "model_uuid: \"", "model_uuid: \"x", "UUID")]
    [InlineData("hf-model-card", "pipeline_tag: \"text-generation\"", "pipeline_tag: \"dreaming\"", "no dreaming")]
    [InlineData("datacite-xml", "publicationYear>2026<", "publicationYear>26<", "four digits")]
    [InlineData("mldcat-ap", "@prefix dct:", "@prefix dc:", "prefix dct is not declared")]
    public void A_broken_text_entry_is_found(string format, string whole, string broken, string expected)
    {
        var exporter = Exporters.Find(format)!;
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Full));
        Assert.Contains(whole, text, StringComparison.Ordinal);
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(text.Replace(whole, broken, StringComparison.Ordinal)), null);
        Assert.True(exporter.Recognizes(probe));
        Assert.Contains(exporter.Faults(probe), fault => fault.Contains(expected, StringComparison.Ordinal));
    }
}
