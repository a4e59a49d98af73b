namespace Aixv.Export.Tests.Findings;

/// <summary>Every sample, by the standards' own schemas and tools.</summary>
public sealed class OutsideFindingsTests
{
    [Theory]
    [InlineData("osv", "2020", "osv/osv-schema.json")]
    [InlineData("sarif", "04", "sarif/sarif-schema-2.1.0.json")]
    [InlineData("atlas-case-study", "07", "atlas/atlas_website_case_study_schema.json")]
    [InlineData("misp-event", "04", "misp/schema.json")]
    public void The_official_schema_accepts_every_sample(string format, string draft, string schema)
    {
        using var documents = new SampleDocuments(format);
        Outside.Node("ajv.mjs", [draft, Outside.Schema(schema), .. documents.Paths]);
    }

    /// <summary>By Python: ajv's check of IRIs knows registered schemes only, and <c>pkg:</c>, which OpenVEX asks for, is none.</summary>
    [Fact]
    public void The_schema_of_OpenVEX_accepts_every_sample()
    {
        using var documents = new SampleDocuments("openvex");
        Outside.Python("jsonschema", "schema2020.py", [Outside.Schema("openvex/openvex_json_schema.json"), .. documents.Paths]);
    }

    [Fact]
    public void All_mandatory_tests_of_CSAF_accept_every_sample()
    {
        using var documents = new SampleDocuments("csaf-2.0-vex");
        Outside.Node("csaf.mjs", [.. documents.Paths]);
    }

    [Fact]
    public void Every_STIX_object_fits_its_schema_and_every_reference_resolves()
    {
        using var documents = new SampleDocuments("stix-2.1");
        Outside.Node("stix.mjs", [Outside.Schema("stix2.1"), .. documents.Paths]);
    }

    [Fact]
    public void Every_technique_and_tactic_is_one_of_ATLAS()
    {
        var known = File.ReadAllText(Outside.Schema("atlas/ATLAS.yaml"));
        Assert.Contains($"version: {Export.Findings.Techniques.AtlasVersion}\n", known, StringComparison.Ordinal);
        foreach (var technique in Export.Findings.Techniques.All.Where(t => t.IsAtlas))
        {
            Assert.Contains($"- id: {technique.Id}\n    name: {technique.Name}\n", known, StringComparison.Ordinal);
            Assert.Contains($"- id: {technique.Tactic}\n", known, StringComparison.Ordinal);
        }
    }
}
