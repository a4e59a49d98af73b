using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;

namespace Aixv.Protocol.Tests.Predicates;

public sealed class PredicateCheckTests
{
    public static TheoryData<string> Aliases => [.. PredicateTypes.All.Select(t => t.Alias)];

    [Theory, MemberData(nameof(Aliases))]
    public void Every_template_is_valid(string alias)
    {
        var type = PredicateTypes.Find(alias)!;
        var check = PredicateCheck.Of(alias, type.Template());
        Assert.True(check.Predicate.IsValidated);
        Assert.Equal(type.Uri, check.Predicate.Uri);
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "advisory", """{"advisory_id":"A","affected":{"digest":"x"},"severity":"high","status":"active","reason_code":"r"}""", "affected: expected a list, found an object" },
        { "advisory", """{"advisory_id":"A","affected":[],"severity":"high","status":"active","reason_code":"r"}""", "affected: 0 items, at least 1 expected" },
        { "advisory", """{"advisory_id":"A","affected":[{"name":"m"}],"severity":"high","status":"active","reason_code":"r"}""", "affected[0]: an affected artifact needs at least one of digest and selector" },
        { "advisory", """{"advisory_id":"A","affected":[{"digest":"sha256:abc"}],"severity":"high","status":"active","reason_code":"r"}""", "affected[0].digest: invalid sha256 digest: sha256:abc" },
        { "evaluation", "{}", "benchmarks: required and missing" },
        { "evaluation", """{"benchmarks":[{"name":"b","metric":"m","value":"high"}]}""", "benchmarks[0].value: expected a number, found a string" },
        { "evaluation", """{"benchmarks":[{"name":"b","metric":"m","value":1}],"random_seed_policy":"lucky"}""", "random_seed_policy: found 'lucky', allowed: fixed, sweep, none" },
        { "packaging", """{"inputs":["x"],"outputs":[],"transform_type":"zip"}""", "inputs[0]: invalid sha256 digest: x; outputs: 0 items, at least 1 expected; transform_type: found 'zip', allowed: quantize, merge-adapter, export, prune, convert" },
        { "deployment", """{"policy_id":"p","policy_decision":"maybe"}""", "admitted_artifact_digest: required and missing; policy_decision: found 'maybe', allowed: allow, deny, allow-with-waiver" },
        { "cl-delta", """{"base_digest":"0123456789abcdef0123456789abcdef01234567","update_type":"sft"}""", "base_digest: 0123456789abcdef0123456789abcdef01234567 is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@0123456789abcdef0123456789abcdef01234567" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_fault_is_named_with_its_place(string alias, string json, string message) => Assert.Equal(
        $"invalid {alias} predicate: {message}", Assert.Throws<FormatException>(() => PredicateCheck.Of(alias, Samples.Json(json))).Message);

    [Fact]
    public void The_way_back_of_a_delta_is_its_base_unless_it_says_otherwise() => Assert.Equal(
        Samples.Base.ToString(),
        PredicateTypes.Read("cl-delta", Samples.Json($$"""{"base_digest":"{{Samples.Base.Hex}}","update_type":"sft"}""")).Content["rollback_target_digest"]!.GetValue<string>());

    [Fact]
    public void The_tier_is_that_of_the_weakest_reference_and_the_check_says_what_would_lift_it()
    {
        var described = PredicateCheck.Of("training", Samples.Json($$"""{"parent_models":[{"digest":"{{Samples.Base}}"}],"datasets":[{"name":"d"}]}"""));
        Assert.Equal(EvidenceTier.Described, described.Tier);
        Assert.Equal(
            [
                "datasets[0]: add digest, the SHA-256 of its bytes; a name or URI alone can come to mean other bytes",
                "sign the statement: only a verified signature with a log entry makes a claim attested",
            ],
            described.Lifts);
        var scratch = Samples.Json("""{"parent_models":[]}""");
        Assert.Equal(EvidenceTier.Identified, PredicateCheck.Of("training", scratch).Tier);
        var signed = PredicateCheck.Of("training", scratch, isSigned: true);
        Assert.Equal(EvidenceTier.Attested, signed.Tier);
        Assert.Empty(signed.Lifts);
    }

    [Fact]
    public void Nothing_is_known_of_what_a_foreign_predicate_refers_to() =>
        Assert.Equal(EvidenceTier.Described, PredicateCheck.Of("https://example.com/claim/v1", Samples.Json("{}"), isSigned: true).Tier);
}
