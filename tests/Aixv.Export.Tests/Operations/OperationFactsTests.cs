using System.Text;
using Aixv.Export.Formats;
using Aixv.Export.Operations;

namespace Aixv.Export.Tests.Operations;

/// <summary>What operational documents must tell is in them, and broken ones are found.</summary>
public sealed class OperationFactsTests
{
    public static TheoryData<string, string[]> Facts => new()
    {
        { "junit-xml", ["failures=\"1\"", "type=\"advisory-severity\"", "ADV-2026-0100", "log_index"] },
        { "cloudevents", ["org.aixv.decision.denied.v1", "advisory-severity", "ADV-2026-0100", "weights-backdoor", "level-2", "hf://acme/demo-model", "https://ci.example/acme/demo-model/.workflows/release.yml@refs/tags/v1.2.0", "acme/base-7b", "acme/instructions"] },
        { "cluster-image-policy", ["http://localhost:3399", "https://ci.example/acme/demo-model/.workflows/release.yml@refs/tags/v1.2.0"] },
        { "model-validation-cr", ["http://localhost:3399", "https://ci.example/acme/demo-model/.workflows/release.yml@refs/tags/v1.2.0", "/data/model.safetensors"] },
        { "openmetrics", ["aixv_bundle_age_seconds{", "severity=\"critical\"} 1", "decision=\"deny\"} 0", "aixv_artifact_info{"] },
    };

    [Theory, MemberData(nameof(Facts))]
    public void Everything_that_the_standard_has_a_place_for_is_there(string format, string[] facts)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Recalled));
        var dossier = Samples.Dossier(Samples.Recalled);
        Assert.All([.. facts, dossier.Artifact.Digest.Hex, dossier.Bundle!.Digest.Hex], fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        if (format != "model-validation-cr")
        {
            Assert.Contains(dossier.Decision!.Decision.PolicyDigest.Hex, text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("junit-xml", "failures=\"1\"", "failures=\"0\"", "failures is 0, and there are 1")]
    [InlineData("cluster-image-policy", "  images:", "  pictures:", "spec.images is required")]
    [InlineData("cluster-image-policy", "mode: \"enforce\"", "mode: \"ask\"", "enforce or warn")]
    [InlineData("model-validation-cr", "signaturePath", "signature", "spec.model.signaturePath is required")]
    [InlineData("openmetrics", "# UNIT aixv_bundle_age_seconds seconds", "# UNIT aixv_bundle_age_seconds hours", "must end with its unit")]
    [InlineData("openmetrics", "aixv_decision{", "aixv decision{", "neither a descriptor nor a sample")]
    [InlineData("cloudevents", "\"specversion\": \"1.0\"", "\"specversion\": \"0.3\"", "1.0 is expected")]
    [InlineData("cloudevents", "\"subject\"", "\"Sub_ject\"", "lower-case letters and digits")]
    public void A_broken_document_is_found(string format, string whole, string broken, string expected)
    {
        var exporter = Exporters.Find(format)!;
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Recalled));
        Assert.Contains(whole, text, StringComparison.Ordinal);
        var probe = new DocumentProbe(Encoding.UTF8.GetBytes(text.Replace(whole, broken, StringComparison.Ordinal)), null);
        Assert.True(exporter.Recognizes(probe));
        Assert.Contains(exporter.Faults(probe), fault => fault.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://a.example/*/b?", "^https://a\\.example/[^/]*/b[^/]$")]
    [InlineData("**@x", "^.*@x$")]
    [InlineData("a(b)é", "^a\\(b\\)\\x{E9}$")]
    public void A_glob_is_written_as_an_expression(string glob, string expected) => Assert.Equal(expected, PolicyNames.Expression(glob));
}
