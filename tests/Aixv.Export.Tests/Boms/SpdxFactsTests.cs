using System.Text;
using System.Text.Json.Nodes;
using Aixv.Export.Boms;

namespace Aixv.Export.Tests.Boms;

/// <summary>Every fact of the dossier that SPDX has a place for is in the documents.</summary>
public sealed class SpdxFactsTests
{
    [Theory]
    [InlineData("spdx-2.3-json")]
    [InlineData("spdx-2.3-tag")]
    [InlineData("spdx-2.3-rdf")]
    [InlineData("spdx-3.0.1-ai")]
    public void Everything_known_of_the_full_sample_is_in_the_document(string format)
    {
        var text = Encoding.UTF8.GetString(ExportedBytes.Of(format, Samples.Full)).Replace("\\u002B", "+", StringComparison.Ordinal);
        Assert.All(BillFacts.OfFull, fact => Assert.Contains(fact, text, StringComparison.Ordinal));
        Assert.Contains(Samples.Dossier(Samples.Full).Artifact.MediaType!, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_three_forms_of_2_3_say_the_same()
    {
        var json = JsonNode.Parse(ExportedBytes.Of("spdx-2.3-json", Samples.Full))!.AsObject();
        var tag = new SpdxTagReader().Read(Encoding.UTF8.GetString(ExportedBytes.Of("spdx-2.3-tag", Samples.Full)));
        json.Remove("documentNamespace");
        tag.Remove("documentNamespace");
        Assert.True(JsonNode.DeepEquals(json, tag));
    }

    [Theory]
    [InlineData(Samples.Scratch, "NONE")]
    [InlineData(Samples.Hostile, null)]
    public void From_scratch_is_a_descent_from_nothing(string sample, string? expected)
    {
        var document = JsonNode.Parse(ExportedBytes.Of("spdx-2.3-json", sample))!;
        var ends = document["relationships"]!.AsArray().Where(r => r!["relationshipType"]!.GetValue<string>() == "DESCENDANT_OF").Select(r => r!["relatedSpdxElement"]!.GetValue<string>());
        Assert.Equal(expected is not null, ends.Contains(expected));
    }

    [Fact]
    public void The_AI_profile_is_claimed_only_where_its_facts_are_known()
    {
        Assert.Contains("ai", ProfilesOf(Samples.Full));
        Assert.DoesNotContain("dataset", ProfilesOf(Samples.Full));
        Assert.DoesNotContain("ai", ProfilesOf(Samples.Recalled));
        Assert.Contains("The profile 'ai' is not claimed: the model lacks its supplier", DocumentOf(Samples.Recalled)["comment"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_licence_that_is_no_expression_is_not_asserted()
    {
        var package = JsonNode.Parse(ExportedBytes.Of("spdx-2.3-json", Samples.Hostile))!["packages"]![0]!;
        Assert.Equal("NOASSERTION", package["licenseDeclared"]!.GetValue<string>());
        Assert.Contains("no SPDX expression", package["licenseComments"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_recall_is_marked_on_the_parent_and_associated_with_the_artifact()
    {
        Assert.Contains("aixv:recalled-by: ADV-2026-0100", Encoding.UTF8.GetString(ExportedBytes.Of("spdx-2.3-tag", Samples.Recalled)), StringComparison.Ordinal);
        var text = Encoding.UTF8.GetString(ExportedBytes.Of("spdx-3.0.1-ai", Samples.Recalled));
        Assert.Contains("recalled by: ADV-2026-0100", text, StringComparison.Ordinal);
        Assert.Contains("hasAssociatedVulnerability", text, StringComparison.Ordinal);
    }

    private static JsonNode DocumentOf(string sample) =>
        JsonNode.Parse(ExportedBytes.Of("spdx-3.0.1-ai", sample))!["@graph"]!.AsArray().Single(e => e!["type"]!.GetValue<string>() == "SpdxDocument")!;

    private static List<string> ProfilesOf(string sample) => [.. DocumentOf(sample)["profileConformance"]!.AsArray().Select(p => p!.GetValue<string>())];
}
