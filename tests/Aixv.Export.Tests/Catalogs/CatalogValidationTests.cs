namespace Aixv.Export.Tests.Catalogs;

/// <summary>Every catalogue entry of every sample, through the official schema or vocabulary.</summary>
public sealed class CatalogValidationTests
{
    [Fact]
    public void ModelPack_configurations_fit_the_schema()
    {
        using var documents = new SampleDocuments("modelpack-config");
        Outside.Node("ajv.mjs", ["2020", Outside.Schema("modelpack/config-schema.json"), .. documents.Paths]);
    }

    [Theory]
    [InlineData("modelpack-manifest", "image-manifest-schema.json")]
    [InlineData("oci-manifest", "image-manifest-schema.json")]
    [InlineData("oci-referrers", "image-index-schema.json")]
    public void OCI_documents_fit_the_schema(string format, string schema)
    {
        using var documents = new SampleDocuments(format);
        Outside.Python("jsonschema", "folder_schema.py", [Outside.Schema($"oci/{schema}"), Outside.Schema("oci"), .. documents.Paths]);
    }

    [Fact]
    public void Model_cards_of_the_toolkit_fit_the_schema()
    {
        using var documents = new SampleDocuments("google-model-card");
        Outside.Node("ajv.mjs", ["07", Outside.Schema("model-card-toolkit/model_card-0.0.2.schema.json"), .. documents.Paths]);
    }

    [Fact]
    public void Citations_fit_the_schema()
    {
        using var documents = new SampleDocuments("citation-cff");
        Outside.Python("yaml", "yaml_schema.py", ["json", Outside.Schema("cff/schema-1.2.0.json"), .. documents.Paths]);
    }

    [Fact]
    public void DataCite_fits_the_schema()
    {
        using var documents = new SampleDocuments("datacite-xml");
        Outside.Program("xmllint", ["--nonet", "--noout", "--schema", Outside.Schema("datacite-4.6/metadata.xsd"), .. documents.Paths]);
    }

    [Theory]
    [InlineData("schema-org")]
    [InlineData("fair4ml")]
    [InlineData("croissant-1.0")]
    [InlineData("croissant-1.1")]
    public void Terms_of_schema_org_are_used_where_they_belong(string format)
    {
        using var documents = new SampleDocuments(format);
        Outside.Python("json", "linked.py", ["schema", Outside.Schema("schema.org/schemaorg-30.0-current-https.jsonld"), .. documents.Paths]);
    }

    [Fact]
    public void Terms_of_FAIR4ML_are_its_own()
    {
        using var documents = new SampleDocuments("fair4ml");
        Outside.Python("json", "linked.py", ["fair4ml", Outside.Schema("fair4ml/fair4ml-0.1.0.jsonld"), .. documents.Paths]);
    }

    [Fact]
    public void CodeMeta_uses_terms_of_its_context()
    {
        using var documents = new SampleDocuments("codemeta");
        Outside.Python("json", "linked.py", ["context", Outside.Schema("codemeta/codemeta-3.jsonld"), .. documents.Paths]);
    }

    [Fact]
    public void MLDCAT_AP_fits_its_shapes()
    {
        using var documents = new SampleDocuments("mldcat-ap");
        Outside.Python("rdflib", "linked.py", ["shacl", Outside.Schema("mldcat-ap/mldcat-ap-3.0.0-SHACL.ttl"), .. documents.Paths]);
    }
}
