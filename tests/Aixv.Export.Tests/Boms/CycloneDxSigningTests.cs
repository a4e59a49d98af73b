using System.Text.Json.Nodes;
using Aixv.Export.Formats;
using Aixv.Transparency.Keys;

namespace Aixv.Export.Tests.Boms;

/// <summary>CycloneDX JSON with a JSF signature inside: accepted by the schema, and broken by any change.</summary>
public sealed class CycloneDxSigningTests
{
    private const string Schemas = "@cyclonedx/cyclonedx-library/res/schema";

    [Theory, InlineData(Samples.Full), InlineData(Samples.Hostile)]
    public void A_signed_bill_is_valid_and_verifies(string sample)
    {
        var signed = Sign(sample);
        var exporter = Exporters.Find("cyclonedx-1.6-mlbom")!;
        Assert.Empty(exporter.Faults(new DocumentProbe(signed, null)));
        var changed = JsonNode.Parse(signed)!;
        changed["metadata"]!["component"]!["name"] = "another";
        Assert.Contains(exporter.Faults(new DocumentProbe(System.Text.Encoding.UTF8.GetBytes(changed.ToJsonString()), null)), f => f.StartsWith("$.signature", StringComparison.Ordinal));
    }

    [Fact]
    public void The_library_accepts_a_signed_bill()
    {
        using var document = Outside.Write(Sign(Samples.Full), ".cdx.json");
        var schemas = string.Join(',', ((string[])["bom-1.6", "spdx", "jsf-0.82"]).Select(name => Outside.Package($"{Schemas}/{name}.SNAPSHOT.schema.json")));
        Outside.Node("cyclonedx.mjs", schemas, document.Path);
    }

    private static byte[] Sign(string sample)
    {
        using var key = SigningKey.Generate(KeyAlgorithm.EcdsaP256);
        using var output = new MemoryStream();
        Exporters.Find("cyclonedx-1.6-mlbom")!.WriteSigned(Samples.Dossier(sample), new DocumentSigner(key, SignatureScheme.EcdsaSha256, []), output);
        return output.ToArray();
    }
}
