using Aixv.Export.Assessments;

namespace Aixv.Export.Tests.Assessments;

/// <summary>Honesty of assessments: no evidence, no merit.</summary>
public sealed class AssessmentTests
{
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var framework in Frameworks.All)
            {
                foreach (var sample in Samples.Names)
                {
                    data.Add(framework.Id, sample);
                }
            }

            return data;
        }
    }

    private static Assessment Of(string framework, string sample) => Assessment.Of(Frameworks.Find(framework)!, Samples.Dossier(sample));

    private static AssessedItem Item(string framework, string sample, string id) => Of(framework, sample).Items.Single(i => i.Item.Id == id);

    [Theory, MemberData(nameof(All))]
    public void An_item_has_evidence_or_is_a_gap(string framework, string sample)
    {
        foreach (var item in Of(framework, sample).Items)
        {
            Assert.Equal(item.Evidence.IsEmpty, item.Status == ItemStatus.Gap);
            Assert.NotEmpty(item.Reason);
            Assert.False(item.Item.Beyond is not null && item.Status == ItemStatus.Met, $"{item.Item.Id} asks for more than evidence can show");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void What_is_met_rests_on_a_digest(string framework, string sample) =>
        Assert.All(Of(framework, sample).Items.Where(i => i.Status == ItemStatus.Met), item => Assert.Contains(item.Evidence, e => e.Digest is not null || e.Type == "advisory"));

    /// <summary>Nothing of the sample is signed.</summary>
    [Theory]
    [InlineData("eu-ai-act-annex-iv")]
    [InlineData("eu-ai-act-annex-xi")]
    [InlineData("nist-ai-rmf")]
    [InlineData("iso-42001")]
    [InlineData("g7-sbom-ai")]
    public void An_unsigned_claim_meets_nothing(string framework)
    {
        var assessment = Of(framework, Samples.Uris);
        Assert.Equal(0, assessment.Count(ItemStatus.Met));
        Assert.True(assessment.Count(ItemStatus.Partly) > 0);
        Assert.DoesNotContain(assessment.Items, i => i.Evidence.Any(e => e.Type == "sigstore-bundle"));
    }

    [Fact]
    public void Items_of_each_framework_are_unique_and_as_many_as_it_has()
    {
        var counts = Frameworks.All.ToDictionary(f => f.Id, f => f.Items.Select(i => i.Id).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(
            new Dictionary<string, int> { ["eu-ai-act-annex-iv"] = 24, ["eu-ai-act-annex-xi"] = 14, ["nist-ai-rmf"] = 72, ["iso-42001"] = 38, ["g7-sbom-ai"] = 50, ["cosai"] = 15 },
            counts);
        Assert.All(Frameworks.All, f => Assert.Equal(f.Items.Length, counts[f.Id]));
    }

    [Fact]
    public void A_model_trained_from_scratch_has_no_parents_to_know()
    {
        var item = Item("cosai", Samples.Scratch, "INV-L2-04");
        Assert.Equal(ItemStatus.NotApplicable, item.Status);
        Assert.NotEmpty(item.Evidence);
    }

    [Fact]
    public void A_signed_evaluation_meets_what_asks_for_one() => Assert.Equal(ItemStatus.Met, Item("cosai", Samples.Full, "INV-L3-02").Status);

    [Fact]
    public void A_denied_artifact_does_not_meet_the_policy()
    {
        Assert.Equal(ItemStatus.Met, Item("cosai", Samples.Full, "INV-L3-05").Status);
        var denied = Item("cosai", Samples.Recalled, "INV-L3-05");
        Assert.Equal(ItemStatus.Partly, denied.Status);
        Assert.Contains("deny", denied.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recall_is_named_where_security_is_asked_for() =>
        Assert.Contains("ADV-2026-0100", Item("nist-ai-rmf", Samples.Recalled, "measure-2.7").Reason, StringComparison.Ordinal);

    [Fact]
    public void What_is_only_declared_is_at_most_partly_met()
    {
        var licence = Item("eu-ai-act-annex-xi", Samples.Full, "1.1(f)");
        Assert.Equal(ItemStatus.Partly, licence.Status);
        Assert.StartsWith("Declared only: a licence: Apache-2.0", licence.Reason, StringComparison.Ordinal);
        Assert.Equal(ItemStatus.Gap, Item("eu-ai-act-annex-xi", Samples.Recalled, "1.1(f)").Status);
    }

    [Fact]
    public void An_advisory_store_that_was_not_looked_at_says_nothing()
    {
        var blind = Samples.Dossier(Samples.Full) with { AdvisoriesWereChecked = false, Advisories = [] };
        Assert.Equal(ItemStatus.Gap, Assessment.Of(Frameworks.Find("g7-sbom-ai")!, blind).Items.Single(i => i.Item.Id == "SP-04").Status);
    }

    [Fact]
    public void The_texts_of_ISO_are_not_repeated() => Assert.All(Frameworks.Find("iso-42001")!.Items, item => Assert.Empty(item.Text));
}
