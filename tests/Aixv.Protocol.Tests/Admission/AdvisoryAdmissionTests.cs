using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Admission;

public sealed class AdvisoryAdmissionTests
{
    private static readonly (string, string) Lineage = ("advisory_scope", "\"lineage\"");

    private static AdmissionDecision Decide(AdvisoryEvidence[] advisories, params (string Member, string Value)[] policy) =>
        AdmissionEngine.Decide(Cases.Good with { Advisories = [.. advisories] }, Cases.Policy(policy), Cases.Now);

    [Fact]
    public void A_recalled_artifact_is_denied_with_the_advisorys_advice()
    {
        var decision = Decide([Cases.Advisory()]);
        var violation = Assert.Single(decision.Violations);
        Assert.Equal(
            new Violation(
                ViolationCode.AdvisorySeverity,
                "advisory ADV-2026-0001 (poisoned-weights) is active with severity critical, denied at or above high",
                "deny_advisory_severity_at_or_above",
                "roll back",
                "ADV-2026-0001"),
            violation);
        Assert.Equal(1, decision.Summary["trusted_active_advisory_count"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("low", Decision.Allow)]
    [InlineData("medium", Decision.Allow)]
    [InlineData("high", Decision.Deny)]
    [InlineData("critical", Decision.Deny)]
    public void Severity_counts_from_the_limit_up(string severity, Decision expected) =>
        Assert.Equal(expected, Decide([Cases.Advisory(severity: severity)]).Decision);

    [Fact]
    public void Any_active_advisory_denies_where_none_is_allowed() => Assert.Equal(
        "advisory ADV-2026-0001 (poisoned-weights) is active with severity low, and no active advisory is allowed",
        Assert.Single(Decide([Cases.Advisory(severity: "low")], ("require_no_active_advisories", "true")).Messages));

    [Theory]
    [InlineData("mitigated")]
    [InlineData("withdrawn")]
    public void An_advisory_that_is_no_longer_active_does_not_deny(string status) =>
        Assert.Equal(Decision.Allow, Decide([Cases.Advisory(), Cases.Advisory(status, day: 0)]).Decision);

    [Fact]
    public void The_record_signed_last_holds_whatever_the_order_of_the_files() =>
        Assert.Equal(Decision.Deny, Decide([Cases.Advisory(day: 0), Cases.Advisory("withdrawn", day: -2)]).Decision);

    [Fact]
    public void A_stranger_neither_recalls_nor_withdraws()
    {
        Assert.Equal(Decision.Allow, Decide([Cases.Advisory(signer: Cases.Stranger)]).Decision);
        var decision = Decide([Cases.Advisory(), Cases.Advisory("withdrawn", signer: Cases.Stranger, day: 0)]);
        Assert.Equal(Decision.Deny, decision.Decision);
        Assert.Contains(
            "signed by stranger@example.org by https://accounts.example.org, whom the policy does not trust for advisories",
            decision.Evaluation.Children[1].Children.Select(c => c.Detail));
    }

    [Fact]
    public void The_artifacts_own_signer_cannot_withdraw_an_advisory_that_others_are_trusted_with() => Assert.Equal(
        Decision.Deny, Decide([Cases.Advisory(), Cases.Advisory("withdrawn", signer: Cases.Release, day: 0)]).Decision);

    [Fact]
    public void An_unsigned_advisory_counts_only_where_signatures_are_not_asked()
    {
        var unsigned = Cases.Advisory() with { Signer = null, IntegratedTime = null };
        Assert.Equal(Decision.Allow, Decide([unsigned]).Decision);
        Assert.Equal(Decision.Deny, Decide([unsigned], ("require_signed_advisories", "false")).Decision);
    }

    [Fact]
    public void An_unsigned_record_cannot_lift_what_a_trusted_one_says()
    {
        var lifting = Cases.Advisory("withdrawn") with { Signer = null, IntegratedTime = null, Sequence = 9 };
        Assert.Equal(Decision.Deny, Decide([Cases.Advisory(), lifting], ("require_signed_advisories", "false")).Decision);
    }

    [Fact]
    public void An_advisory_on_an_ancestor_counts_by_scope()
    {
        var advisory = Cases.Advisory(paths: Cases.Descendant());
        Assert.Equal(Decision.Allow, Decide([advisory]).Decision);
        Assert.Equal(Decision.Deny, Decide([advisory], Lineage).Decision);
    }

    [Theory]
    [InlineData(EvidenceTier.Described)]
    [InlineData(EvidenceTier.Identified)]
    public void Edges_that_nobody_attested_carry_no_advisory(EvidenceTier tier) =>
        Assert.Equal(Decision.Allow, Decide([Cases.Advisory(paths: Cases.Descendant(tier))], Lineage).Decision);

    [Fact]
    public void Edges_that_a_stranger_attested_carry_no_advisory() =>
        Assert.Equal(Decision.Allow, Decide([Cases.Advisory(paths: Cases.Descendant(signer: Cases.Stranger))], Lineage).Decision);

    [Theory]
    [InlineData("tokenizer-collision", false, Decision.Allow)]
    [InlineData("tokenizer-collision", true, Decision.Deny)]
    [InlineData("poisoned-weights", false, Decision.Deny)]
    public void A_tokenizers_defect_flows_where_the_tokenizer_is_inherited(string reason, bool inherits, Decision expected) =>
        Assert.Equal(expected, Decide([Cases.Advisory(reason: reason, paths: Cases.Descendant(tokenizer: inherits))], Lineage).Decision);

    [Fact]
    public void A_policy_can_stop_what_flows() => Assert.Equal(
        Decision.Allow,
        Decide([Cases.Advisory(paths: Cases.Descendant())], Lineage, ("advisory_reach", """{"derived_from":{"weights":"stops"}}""")).Decision);

    [Fact]
    public void One_path_that_carries_it_is_enough() => Assert.Equal(
        Decision.Deny, Decide([Cases.Advisory(paths: [Cases.Descendant(EvidenceTier.Described), Cases.Descendant()])], Lineage).Decision);

    [Fact]
    public void An_advisory_store_that_cannot_be_read_denies()
    {
        var decision = AdmissionEngine.Decide(Cases.Good with { Unreadable = ["advisories/ADV-7.json: not valid JSON"] }, Cases.Policy(), Cases.Now);
        Assert.Equal(
            "1 files of the advisory store cannot be read, so what they say is not known: advisories/ADV-7.json: not valid JSON",
            Assert.Single(decision.Messages));
    }
}
