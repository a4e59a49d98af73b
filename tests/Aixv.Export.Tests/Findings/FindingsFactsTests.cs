using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Findings;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;

namespace Aixv.Export.Tests.Findings;

/// <summary>What the formats say is what the dossier holds.</summary>
public sealed class FindingsFactsTests
{
    private static string Text(string format, string sample) => Encoding.UTF8.GetString(ExportedBytes.Of(format, sample));

    [Theory]
    [InlineData("openvex")]
    [InlineData("csaf-2.0-vex")]
    [InlineData("osv")]
    [InlineData("sarif")]
    [InlineData("atlas-case-study")]
    [InlineData("stix-2.1")]
    [InlineData("misp-event")]
    public void Every_fact_of_every_advisory_is_in_the_document(string format)
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var text = Text(format, Samples.Recalled);
        Assert.Contains(dossier.Artifact.Digest.Hex, text, StringComparison.Ordinal);
        Assert.Contains(dossier.Bundle!.Digest.Hex, text, StringComparison.Ordinal);
        Assert.Equal(4, dossier.Advisories.Length);
        foreach (var advisory in dossier.Advisories)
        {
            Assert.Contains(advisory.Advisory.Id, text, StringComparison.Ordinal);
            Assert.Contains(advisory.Advisory.ReasonCode, text, StringComparison.Ordinal);
            Assert.Contains(advisory.Signer!.Subject, text, StringComparison.Ordinal);
            Assert.All(advisory.Advisory.RecommendedActions, action => Assert.Contains(action, text, StringComparison.Ordinal));
            Assert.All(advisory.Path, step => Assert.Contains(step.FromKey, text, StringComparison.Ordinal));
        }
    }

    [Theory, InlineData("osv"), InlineData("misp-event")]
    public void Every_bundle_that_has_a_web_address_is_linked(string format)
    {
        var urls = Samples.Dossier(Samples.Full).Bundles.Select(b => b.Location!).Where(l => l.StartsWith("https://", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(urls);
        var document = SampleDocuments.Json(format, Samples.Full);
        var links = format == "osv"
            ? document["references"]!.AsArray().Where(r => r!["type"]!.GetValue<string>() == "EVIDENCE").Select(r => r!["url"]!.GetValue<string>())
            : document["Event"]!["Attribute"]!.AsArray().Where(a => a!["type"]!.GetValue<string>() == "link").Select(a => a!["value"]!.GetValue<string>());
        Assert.Equal(urls, links);
    }

    [Fact]
    public void What_an_OSV_record_affects_tells_why_and_what_to_do()
    {
        var record = SampleDocuments.Json("osv", Samples.Full);
        var advisory = Samples.Dossier(Samples.Full).Advisories.Single(a => $"x_{a.Advisory.Id}" == record["id"]!.GetValue<string>()).Advisory;
        var affected = record["affected"]![0]!["database_specific"]!;
        Assert.Equal(advisory.ReasonCode, affected["reason_code"]!.GetValue<string>());
        Assert.Equal(advisory.RecommendedActions, affected["recommended_actions"]!.AsArray().Select(a => a!.GetValue<string>()));
    }

    [Fact]
    public void Each_violation_and_each_advisory_is_one_result()
    {
        var dossier = Samples.Dossier(Samples.Recalled);
        var results = SampleDocuments.Json("sarif", Samples.Recalled)["runs"]![0]!["results"]!.AsArray();
        Assert.Equal(dossier.Decision!.Decision.Violations.Length + dossier.Advisories.Length, results.Count);
        Assert.Empty(SampleDocuments.Json("sarif", Samples.Scratch)["runs"]![0]!["results"]!.AsArray());
    }

    [Theory]
    [InlineData("openvex")]
    [InlineData("csaf-2.0-vex")]
    [InlineData("osv")]
    [InlineData("atlas-case-study")]
    public void Without_an_advisory_there_is_no_document(string format) =>
        Assert.Equal(["an advisory about the artifact"], Exporters.Find(format)!.Missing(Samples.Dossier(Samples.Scratch)));

    [Fact]
    public void Where_nothing_was_looked_at_no_list_of_results_says_that_nothing_was_found()
    {
        var blind = Samples.Dossier(Samples.Scratch) with { AdvisoriesWereChecked = false, Decision = null };
        using var output = new MemoryStream();
        Exporters.Find("sarif")!.Write(blind, output);
        Assert.False(JsonNode.Parse(output.ToArray())!["runs"]![0]!.AsObject().ContainsKey("results"));
        Assert.NotEmpty(Exporters.Find("attack-navigator")!.Missing(blind));
    }

    [Fact]
    public void Only_a_recall_is_for_detection()
    {
        Assert.DoesNotContain("\"indicator\"", Text("stix-2.1", Samples.Scratch), StringComparison.Ordinal);
        Assert.Contains("[file:hashes.\\u0027SHA-256\\u0027", Text("stix-2.1", Samples.Recalled), StringComparison.Ordinal);
        Assert.All(SampleDocuments.Json("misp-event", Samples.Scratch)["Event"]!["Attribute"]!.AsArray(), a => Assert.False(a!["to_ids"]!.GetValue<bool>()));
        Assert.True(SampleDocuments.Json("misp-event", Samples.Recalled)["Event"]!["Attribute"]![0]!["to_ids"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData(AdvisoryStatus.Active, true, true, Impact.Affected)]
    [InlineData(AdvisoryStatus.Mitigated, true, true, Impact.Fixed)]
    [InlineData(AdvisoryStatus.Withdrawn, true, true, Impact.NotAffected)]
    [InlineData(AdvisoryStatus.Active, false, true, Impact.UnderInvestigation)]
    [InlineData(AdvisoryStatus.Withdrawn, false, true, Impact.UnderInvestigation)]
    [InlineData(AdvisoryStatus.Active, true, false, Impact.UnderInvestigation)]
    internal void Nobody_who_does_not_count_affects_or_clears(AdvisoryStatus status, bool isTrusted, bool isCertain, Impact expected)
    {
        var advisory = Samples.Dossier(Samples.Full).Advisories[0];
        Assert.Equal(expected, AdvisoryWords.ImpactOf(advisory with { Advisory = advisory.Advisory with { Status = status }, IsTrusted = isTrusted, IsCertain = isCertain }));
    }

    [Theory]
    [InlineData("licence-notice-missing", null, "")]
    [InlineData("prompt-template-defect", null, "")]
    [InlineData("weights-backdoor", null, "AML.T0010.003 AML.T0018.000 T1195.002")]
    [InlineData("dataset-poisoned", null, "AML.T0010.002 AML.T0020 T1565.001")]
    [InlineData("loader-malware", null, "AML.T0010.003 AML.T0018.002 AML.T0011.000 T1195.002")]
    [InlineData("tampered", AdvisoryClass.Dataset, "AML.T0010.002 AML.T0059 T1565.001")]
    public void Only_words_of_attack_have_techniques(string reason, AdvisoryClass? stated, string expected)
    {
        var advisory = Samples.Dossier(Samples.Full).Advisories[0];
        var changed = advisory with { Advisory = advisory.Advisory with { ReasonCode = reason, StatedClass = stated } };
        Assert.Equal(expected, string.Join(' ', ThreatTable.Of(changed).Select(t => t.Id)));
    }

    [Fact]
    public void Every_technique_of_the_table_is_in_the_list_of_techniques() =>
        Assert.All(Enum.GetValues<ViolationCode>().SelectMany(ThreatTable.Of), technique => Assert.Contains(technique, Techniques.All));

    [Fact]
    public void The_gravest_advisory_is_the_OSV_record_and_holds_the_others()
    {
        var document = SampleDocuments.Json("osv", Samples.Recalled);
        Assert.Equal("x_ADV-2026-0100", document["id"]!.GetValue<string>());
        Assert.Equal(
            document["related"]!.AsArray().Select(id => id!.GetValue<string>()),
            document["database_specific"]!["related_records"]!.AsArray().Select(record => record!["id"]!.GetValue<string>()));
        Assert.Equal(3, document["related"]!.AsArray().Count);
    }
}
