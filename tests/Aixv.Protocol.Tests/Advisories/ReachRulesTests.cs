using Aixv.Protocol.Advisories;

namespace Aixv.Protocol.Tests.Advisories;

public sealed class ReachRulesTests
{
    [Fact]
    public void The_table_covers_every_edge_kind_and_class()
    {
        var table = ReachRules.Default.ToJson();
        Assert.Equal(ReachRules.EdgeKinds.Order(StringComparer.Ordinal), table.Select(row => row.Key));
        Assert.All(table, row => Assert.Equal(["weights", "tokenizer", "dataset", "licence", "other"], row.Value!.AsObject().Select(cell => cell.Key)));
    }

    [Theory]
    [InlineData("derived_from", AdvisoryClass.Weights, false, true)]
    [InlineData("packaged_from", AdvisoryClass.Weights, false, true)]
    [InlineData("derived_from", AdvisoryClass.Tokenizer, false, false)]
    [InlineData("derived_from", AdvisoryClass.Tokenizer, true, true)]
    [InlineData("trained_on", AdvisoryClass.Dataset, false, true)]
    [InlineData("evaluated_with", AdvisoryClass.Dataset, false, false)]
    [InlineData("evaluated_with", AdvisoryClass.Licence, false, true)]
    [InlineData("an_edge_of_tomorrow", AdvisoryClass.Weights, false, true)]
    public void Advisories_flow_as_the_table_says(string edge, AdvisoryClass kind, bool inheritsTokenizer, bool passes) =>
        Assert.Equal(passes, ReachRules.Default.Passes(edge, kind, inheritsTokenizer));

    [Fact]
    public void A_policy_replaces_single_cells()
    {
        var rules = ReachRules.Default.With(Samples.Json("""{"derived_from":{"licence":"stops"}}"""));
        Assert.Equal(Reach.Stops, rules.For("derived_from", AdvisoryClass.Licence));
        Assert.Equal(Reach.Flows, rules.For("derived_from", AdvisoryClass.Weights));
        Assert.Equal(Reach.Flows, ReachRules.Default.For("derived_from", AdvisoryClass.Licence));
    }

    [Theory]
    [InlineData("poisoned-weights", AdvisoryClass.Weights)]
    [InlineData("poisoned-dataset", AdvisoryClass.Dataset)]
    [InlineData("tokenizer-collision", AdvisoryClass.Tokenizer)]
    [InlineData("license-violation", AdvisoryClass.Licence)]
    [InlineData("unsafe-output", AdvisoryClass.Other)]
    public void The_class_follows_from_the_reason_code_unless_it_is_stated(string reason, AdvisoryClass expected)
    {
        var json = Samples.Advisory();
        json["reason_code"] = reason;
        Assert.Equal(expected, Advisory.Read(json).Class);
        json["class"] = "licence";
        Assert.Equal(AdvisoryClass.Licence, Advisory.Read(json).Class);
    }
}
