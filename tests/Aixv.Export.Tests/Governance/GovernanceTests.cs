using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Assessments;
using Aixv.Export.Formats;

namespace Aixv.Export.Tests.Governance;

public sealed class GovernanceTests
{
    [Theory]
    [InlineData("oscal-assessment-results")]
    [InlineData("oscal-component-definition")]
    [InlineData("nist-ai-rmf")]
    public void Both_editions_of_OSCALs_schema_accept_every_sample(string format)
    {
        using var documents = new SampleDocuments(format);
        Assert.Equal(Samples.Names.Count, documents.Paths.Count);
        Outside.Node("ajv.mjs", ["07", Outside.Schema("oscal/oscal_complete_schema-1.1.3.json"), .. documents.Paths]);
        Outside.Node("ajv.mjs", ["07", Outside.Schema("oscal/oscal_complete_schema-1.2.2.json"), .. documents.Paths]);
    }

    [Fact]
    public void Each_rule_that_was_asked_is_a_finding_and_each_advisory_a_risk()
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var document = SampleDocuments.Json("oscal-assessment-results", Samples.Recalled);
        var result = document["assessment-results"]!["results"]![0]!;
        Assert.Equal(dossier.Advisories.Select(a => a.Advisory.Id), result["risks"]!.AsArray().Select(r => r!["props"]![0]!["value"]!.GetValue<string>()));
        Assert.Contains(result["findings"]!.AsArray(), f => f!["target"]!["status"]!["state"]!.GetValue<string>() == "not-satisfied");
        Assert.Contains(result["findings"]!.AsArray(), f => f!["target"]!["status"]!["state"]!.GetValue<string>() == "satisfied");
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("oscal-assessment-results", Samples.Recalled));
        Assert.All(dossier.Bundles, bundle => Assert.Contains(bundle.Digest.Hex, text, StringComparison.Ordinal));
        Assert.Contains(dossier.Decision!.Decision.PolicyDigest.Hex, text, StringComparison.Ordinal);
        Assert.Contains(dossier.Signer!.Subject, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("oscal-assessment-results")]
    [InlineData("oscal-component-definition")]
    [InlineData("nist-ai-rmf")]
    public void The_component_tells_where_the_artifact_is_and_what_it_is(string format)
    {
        var artifact = Samples.Dossier(Samples.Full).Artifact;
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Full));
        Assert.All((string[])[artifact.Digest.Hex, artifact.Uri!, artifact.Purl!, artifact.MediaType!, artifact.Version!], fact => Assert.Contains($"\"{fact}\"", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_observation_of_a_signature_carries_its_log_entry()
    {
        var result = SampleDocuments.Json("oscal-assessment-results", Samples.Full)["assessment-results"]!["results"]![0]!;
        var indexes = result["observations"]!.AsArray()
            .SelectMany(o => o!["relevant-evidence"]![0]!["props"]!.AsArray())
            .Where(p => p!["name"]!.GetValue<string>() == "log-index")
            .Select(p => p!["value"]!.GetValue<string>());
        Assert.Equal(Samples.Dossier(Samples.Full).Bundles.SelectMany(b => b.Signature.LogEntries).Select(e => e.Index.ToString(System.Globalization.CultureInfo.InvariantCulture)), indexes);
    }

    [Fact]
    public void Every_subcategory_stays_in_and_a_gap_is_called_one()
    {
        var requirements = SampleDocuments.Json("nist-ai-rmf", Samples.Full)["component-definition"]!["components"]![0]!["control-implementations"]![0]!["implemented-requirements"]!.AsArray();
        Assert.Equal(72, requirements.Count);
        foreach (var requirement in requirements)
        {
            var isGap = requirement!["props"]![1]!["value"]!.GetValue<string>() == "gap";
            Assert.Equal(isGap, requirement["props"]![0]!["value"]!.GetValue<string>() == "gap");
            Assert.NotEqual(isGap, requirement["links"] is not null);
        }
    }

    [Theory]
    [InlineData("oscal-assessment-results", "assessment-results.uuid", "uuid is required")]
    [InlineData("oscal-assessment-results", "assessment-results.import-ap", "import-ap is required")]
    [InlineData("oscal-assessment-results", "assessment-results.results=[]", "at least 1")]
    [InlineData("oscal-assessment-results", "assessment-results.results.0.start=\"now\"", "a time by RFC 3339")]
    [InlineData("oscal-assessment-results", "assessment-results.results.0.findings.0.target.status.state=\"ok\"", "one of satisfied")]
    [InlineData("oscal-assessment-results", "assessment-results.import-ap.href=\"#00000000-0000-4000-8000-000000000000\"", "nowhere in the document")]
    [InlineData("oscal-component-definition", "component-definition.components.0.type", "type is required")]
    [InlineData("oscal-component-definition", "component-definition.metadata.title", "title is required")]
    [InlineData("nist-ai-rmf", "component-definition.components.0.control-implementations.0.implemented-requirements.0.control-id=\"govern-9.9\"", "no subcategory")]
    [InlineData("nist-ai-rmf", "component-definition.components.0.control-implementations.0.implemented-requirements=[]", "no subcategory of govern")]
    [InlineData("eu-ai-act-annex-xi", "items.0.status=\"fine\"", "one of met")]
    [InlineData("eu-ai-act-annex-xi", "items.2.evidence=[]", "has evidence")]
    [InlineData("eu-ai-act-annex-iv", "items.1.id=\"99\"", "no item of")]
    [InlineData("iso-42001", "items=[]", "A.2.2 is missing")]
    public void A_broken_rule_is_found(string format, string edit, string expected) =>
        Assert.Contains(Mutants.FaultsOf(format, Samples.Full, edit), fault => fault.Contains(expected, StringComparison.Ordinal));

    [Fact]
    public void The_table_of_controls_has_a_line_for_each_control_and_no_formula()
    {
        var lines = Encoding.UTF8.GetString(ExportedBytes.Of("iso-42001-csv", Samples.Full)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(39, lines.Length);
        var broken = new DocumentProbe(Encoding.UTF8.GetBytes(string.Join("\r\n", lines).Replace(",gap,", ",fine,", StringComparison.Ordinal)), null);
        Assert.NotEmpty(Exporters.Find("iso-42001-csv")!.Faults(broken));
    }

    [Theory]
    [InlineData("eu-ai-act-annex-iv", 24)]
    [InlineData("eu-ai-act-annex-xi", 14)]
    [InlineData("iso-42001", 38)]
    public void The_document_is_the_assessment(string format, int count)
    {
        var document = SampleDocuments.Json(format, Samples.Full);
        var dossier = Samples.Dossier(Samples.Full);
        Assert.Equal(count, document["items"]!.AsArray().Count);
        Assert.True(JsonNode.DeepEquals(document, Assessment.Of(Frameworks.Find(format)!, dossier).ToJson(dossier)));
        Assert.Contains("person", document["framework"]!["note"]!.GetValue<string>() + document["caution"]!.GetValue<string>(), StringComparison.Ordinal);
    }
}
