using System.Text;

namespace Aixv.Export.Tests.Boms;

/// <summary>SPDX documents of every sample through the official schemas, the 2.3 ontology and the 3.0.1 shapes.</summary>
public sealed class SpdxValidationTests
{
    [Fact]
    public void The_2_3_schema_accepts_every_sample() =>
        With(["spdx-2.3-json"], paths => Outside.Node("ajv.mjs", ["2019", Outside.Schema("spdx/spdx-2.3.schema.json"), .. paths]));

    [Fact]
    public void Every_RDF_sample_uses_the_terms_of_the_ontology() =>
        With(["spdx-2.3-rdf"], paths => Outside.Python("rdflib", "spdx_rdf.py", [Outside.Schema("spdx/spdx-2.3-ontology.owl.ttl"), .. paths]));

    [Fact]
    public void The_3_0_1_schema_accepts_every_sample() =>
        With(["spdx-3.0.1-jsonld", "spdx-3.0.1-ai"], paths => Outside.Node("ajv.mjs", ["2020", Outside.Schema("spdx/spdx-3.0.1.schema.json"), .. paths]));

    [Fact]
    public void The_3_0_1_shapes_accept_every_sample() => With(["spdx-3.0.1-jsonld", "spdx-3.0.1-ai"], paths => Shapes(paths));

    [Theory]
    [InlineData("\"hashValue\"", "\"hashVolume\"")]
    [InlineData("\"sha256\"", "\"sha257\"")]
    [InlineData("\"ai_hyperparameter\"", "\"dataset_knownBias\"")]
    public void The_shapes_refuse_what_is_broken(string sound, string broken)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("spdx-3.0.1-ai", Samples.Full));
        Assert.Contains(sound, text, StringComparison.Ordinal);
        using var document = Outside.Write(Encoding.UTF8.GetBytes(text.Replace(sound, broken, StringComparison.Ordinal)), ".json");
        using var sane = Outside.Write(Encoding.UTF8.GetBytes(text), ".json");
        Shapes([sane.Path]);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Shapes([document.Path]));
    }

    private static void Shapes(IEnumerable<string> paths) => Outside.Python(
        "rdflib", "spdx3_shacl.py", [Outside.Schema("spdx/spdx-3.0.1-model.shacl.ttl"), Outside.Schema("spdx/spdx-3.0.1-context.jsonld"), .. paths]);

    private static void With(IEnumerable<string> formats, Action<IReadOnlyList<string>> check)
    {
        var documents = (from format in formats from sample in Samples.Names select Outside.Write(ExportedBytes.Of(format, sample), ".document")).ToList();
        try
        {
            check([.. documents.Select(d => d.Path)]);
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }
}
