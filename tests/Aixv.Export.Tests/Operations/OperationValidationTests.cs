namespace Aixv.Export.Tests.Operations;

/// <summary>Every operational document of every sample, through the official schema.</summary>
public sealed class OperationValidationTests
{
    [Fact]
    public void JUnit_fits_the_schema()
    {
        using var documents = new SampleDocuments("junit-xml");
        Outside.Program("xmllint", ["--nonet", "--noout", "--schema", Outside.Schema("junit/JUnit.xsd"), .. documents.Paths]);
    }

    [Fact]
    public void CloudEvents_fit_the_schema()
    {
        using var documents = new SampleDocuments("cloudevents");
        Outside.Node("ajv.mjs", ["07", Outside.Schema("cloudevents/cloudevents.json"), .. documents.Paths]);
    }

    [Theory]
    [InlineData("cluster-image-policy", "policy-controller/clusterimagepolicy-crd.yaml")]
    [InlineData("model-validation-cr", "model-validation-operator/modelvalidations-crd.yaml")]
    public void Resources_fit_their_definitions(string format, string definition)
    {
        using var documents = new SampleDocuments(format);
        Outside.Python("yaml", "yaml_schema.py", ["crd", Outside.Schema(definition), .. documents.Paths]);
    }
}
