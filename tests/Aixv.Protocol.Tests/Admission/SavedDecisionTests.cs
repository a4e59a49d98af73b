using Aixv.Protocol.Admission;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Tests.Admission;

public sealed class SavedDecisionTests
{
    private static Evidence Recalled => Cases.Good with { Advisories = [Cases.Advisory()] };

    private static SavedDecision Save(Evidence evidence)
    {
        var policy = Cases.Policy();
        return SavedDecision.Of(AdmissionEngine.Decide(evidence, policy, Cases.Now), evidence, policy);
    }

    [Fact]
    public void A_saved_decision_is_made_again_byte_for_byte()
    {
        var saved = Save(Recalled);
        var read = SavedDecision.Parse(saved.ToBytes());
        Assert.Equal(saved.ToBytes(), read.ToBytes());
        var replay = read.Replay();
        Assert.True(replay.IsReproduced);
        Assert.Empty(replay.Differences);
        Assert.Equal(Decision.Deny, replay.Decision.Decision);
    }

    [Fact]
    public void A_forged_decision_is_not_reproduced()
    {
        var saved = Save(Recalled);
        saved.Decision["decision"] = "allow";
        var replay = SavedDecision.Parse(saved.ToBytes()).Replay();
        Assert.False(replay.IsReproduced);
        Assert.Equal(["decision"], replay.Differences);
    }

    [Fact]
    public void Another_policy_may_say_otherwise()
    {
        var replay = Save(Recalled).Replay(Cases.Policy(("deny_advisory_severity_at_or_above", "null")));
        Assert.Equal(Decision.Allow, replay.Decision.Decision);
        Assert.False(replay.IsReproduced);
    }

    [Fact]
    public void Before_the_advisory_was_out_the_artifact_was_admitted()
    {
        var saved = Save(Recalled);
        Assert.Equal(Decision.Allow, saved.Replay(Cases.Now.AddDays(-2)).Decision.Decision);
        Assert.Equal(Decision.Deny, saved.Replay(Cases.Now).Decision.Decision);
    }

    [Fact]
    public void Before_it_was_signed_it_was_not() => Assert.Equal(
        "no verified signature of the artifact: the signature by release@example.org by https://accounts.example.org was made later, on 2026-05-29T12:00:00+00:00",
        Assert.Single(Save(Recalled).Replay(Cases.Now.AddDays(-10)).Decision.Messages));

    [Fact]
    public void A_file_that_is_none_is_refused_with_the_place()
    {
        var json = SortedJson.ParseObject(Save(Recalled).ToBytes(), "test", 1 << 20);
        json["evidence"]!["artifact_digest"] = "sha256:abc";
        json["evidence"]!["mood"] = "good";
        var e = Assert.Throws<FormatException>(() => SavedDecision.Parse(SortedJson.Serialize(json)));
        Assert.StartsWith("invalid saved decision: $.evidence.artifact_digest: invalid sha256 digest: sha256:abc; $.evidence: unknown member 'mood', allowed: schema", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_decision_becomes_a_deployment_attestation()
    {
        var evidence = Recalled;
        var statement = DecisionStatements.Deployment(AdmissionEngine.Decide(evidence, Cases.Policy(), Cases.Now), evidence);
        Assert.Equal("https://aixv.org/attestation/deployment/v1", statement.Predicate.Uri);
        Assert.Equal("deny", statement.Predicate.Content["policy_decision"]!.GetValue<string>());
        Assert.Equal("production", statement.Predicate.Content["policy_id"]!.GetValue<string>());
        Assert.Equal(Samples.Model, statement.Subjects[0].Digest);
    }

    [Theory]
    [InlineData(true, "PASSED", "AIXV_ADMITTED")]
    [InlineData(false, "FAILED", "FAILED")]
    public void A_decision_becomes_a_verification_summary(bool good, string result, string level)
    {
        var evidence = good ? Cases.Good : Recalled;
        var summary = DecisionStatements.Summary(AdmissionEngine.Decide(evidence, Cases.Policy(), Cases.Now), evidence, new Uri("https://admission.example.org"));
        Assert.Equal("https://slsa.dev/verification_summary/v1", summary.Predicate.Uri);
        Assert.Equal(result, summary.Predicate.Content["verificationResult"]!.GetValue<string>());
        Assert.Equal([level], summary.Predicate.Content["verifiedLevels"]!.AsArray().Select(l => l!.GetValue<string>()));
    }
}
