using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Tests.Admission;
using Aixv.Protocol.Waivers;

namespace Aixv.Protocol.Tests.Waivers;

public sealed class WaiverTests
{
    private static readonly (string, string) Accepting = ("waivers", """{"allow_subjects":["ciso@example.org"]}""");

    private static AdmissionDecision Decide(WaiverEvidence waiver, params (string Member, string Value)[] policy) => AdmissionEngine.Decide(
        Cases.Good with { Advisories = [Cases.Advisory()], Waivers = [waiver] }, Cases.Policy(policy.Length == 0 ? [Accepting] : policy), Cases.Now);

    private static string WhyIgnored(AdmissionDecision decision)
    {
        Assert.Equal(Decision.Deny, decision.Decision);
        var node = Assert.Single(Assert.Single(decision.Evaluation.Children, c => c.Rule == "waivers").Children);
        Assert.Equal(RuleOutcome.Ignored, node.Outcome);
        return node.Detail;
    }

    [Fact]
    public void A_trusted_waiver_turns_deny_into_allow_with_waiver()
    {
        var decision = Decide(Cases.Waiver());
        Assert.Equal(Decision.AllowWithWaiver, decision.Decision);
        Assert.Empty(decision.Messages);
        Assert.Equal("WVR-1", decision.ToJson()["violations"]![0]!["waived_by"]!.GetValue<string>());
        Assert.Equal("allow-with-waiver", decision.ToJson()["decision"]!.GetValue<string>());
        Assert.Equal(RuleOutcome.Waived, decision.Evaluation.Outcome);
    }

    [Fact]
    public void It_lifts_nothing_that_it_does_not_name()
    {
        var decision = AdmissionEngine.Decide(
            Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = Cases.Now.AddDays(-90) }], Advisories = [Cases.Advisory()], Waivers = [Cases.Waiver()] },
            Cases.Policy(Accepting),
            Cases.Now);
        Assert.Equal(Decision.Deny, decision.Decision);
        Assert.Equal("the signature of 2026-03-03T12:00:00+00:00 is 90 days old, at most 30 are allowed", Assert.Single(decision.Messages));
    }

    [Fact]
    public void A_violation_is_named_by_its_code()
    {
        var old = Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = Cases.Now.AddDays(-90) }] };
        var waiver = Cases.Waiver(null, ("advisory_ids", "[]"), ("violations", """["bundle-too-old"]"""));
        Assert.Equal(Decision.AllowWithWaiver, AdmissionEngine.Decide(old with { Waivers = [waiver] }, Cases.Policy(Accepting), Cases.Now).Decision);
    }

    [Fact]
    public void An_expired_waiver_is_ignored() =>
        Assert.Equal("expired 2026-06-01T12:00:00+00:00", WhyIgnored(Decide(Cases.Waiver(null, ("expires_at", "\"2026-06-01T12:00:00Z\"")))));

    [Fact]
    public void A_waiver_for_another_artifact_is_ignored() =>
        Assert.Equal($"of another artifact: {Samples.Base}", WhyIgnored(Decide(Cases.Waiver(null, ("artifact_digests", $"[\"{Samples.Base}\"]")))));

    [Fact]
    public void A_waiver_of_another_policy_is_ignored() =>
        Assert.Equal("of another policy: staging, this is production", WhyIgnored(Decide(Cases.Waiver(null, ("policy_id", "\"staging\"")))));

    [Fact]
    public void A_waiver_by_the_artifacts_signer_is_ignored() => Assert.Equal(
        "signed by release@example.org by https://accounts.example.org, whom the policy does not trust for waivers", WhyIgnored(Decide(Cases.Waiver(Cases.Release))));

    [Fact]
    public void An_unsigned_waiver_is_ignored() => Assert.Equal("its signature is not verified", WhyIgnored(Decide(Cases.Waiver() with { Signer = null })));

    [Fact]
    public void A_policy_without_waiver_rules_accepts_none() =>
        Assert.Equal("the policy accepts no waivers (waivers.allow_subjects)", WhyIgnored(Decide(Cases.Waiver(), ("max_bundle_age_days", "30"))));

    [Fact]
    public void A_waiver_that_was_signed_too_long_ago_is_ignored() => Assert.Equal(
        "signed more than 7 days ago (waivers.max_age_days)",
        WhyIgnored(Decide(Cases.Waiver() with { IntegratedTime = Cases.Now.AddDays(-8) }, ("waivers", """{"allow_subjects":["ciso@example.org"],"max_age_days":7}"""))));

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "advisory_ids", "[]", "invalid waiver: $: a waiver covers only what it names: give advisory_ids, or violations with the codes of the decision to waive" },
        { "expires_at", "null", "invalid waiver: $.expires_at: required and missing" },
        { "reason", "\"\"", "invalid waiver: $.reason: is empty; leave out what is not known" },
        { "violations", """["signature-not-verified"]""", "invalid waiver: $.violations: signature-not-verified cannot be waived: without a verified signature nothing is known of the artifact" },
        { "scope", "\"all\"", "invalid waiver: $: unknown member 'scope', allowed: waiver_id, policy_id, artifact_digests, advisory_ids, violations, reason, approver, expires_at" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_waiver_that_is_none_is_refused(string member, string value, string message)
    {
        var json = Samples.Waiver;
        json[member] = JsonNode.Parse(value);
        Assert.Equal(message, Assert.Throws<FormatException>(() => Waiver.Read(json)).Message);
    }

    [Fact]
    public void A_waiver_is_written_and_read_alike() =>
        Assert.Equal(Waiver.Read(Samples.Waiver).ToJson().ToJsonString(), Waiver.Read(Waiver.Read(Samples.Waiver).ToJson()).ToJson().ToJsonString());
}
