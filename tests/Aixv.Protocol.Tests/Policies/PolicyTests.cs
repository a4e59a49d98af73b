using System.Text.Json.Nodes;
using Aixv.Protocol.Policies;

namespace Aixv.Protocol.Tests.Policies;

public sealed class PolicyTests
{
    private static Policy With(string member, string value)
    {
        var json = Samples.Policy;
        json[member] = JsonNode.Parse(value);
        return Policy.Read(json);
    }

    [Fact]
    public void The_policy_of_the_package_page_is_read()
    {
        var policy = Policy.Parse("""
            {
            "policy_type": "aixv.policy/v1",
            "allow_subjects": ["alice@example.com"],
            "allow_issuers": ["https://accounts.google.com"],
            "advisory_allow_subjects": ["security@aixv.org"],
            "max_bundle_age_days": 30,
            "deny_advisory_severity_at_or_above": "high",
            "require_no_active_advisories": false,
            "require_signed_advisories": true
            }
            """u8.ToArray());
        Assert.Equal(30, policy.MaxBundleAgeDays);
        Assert.True(new PolicyTrust(policy).TrustsForAdvisories("security@aixv.org", "https://accounts.google.com"));
        Assert.False(new PolicyTrust(policy).TrustsForAdvisories("alice@example.com", "https://accounts.google.com"));
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "policy_type", "\"aixv.policy/v2\"", "$.policy_type: found 'aixv.policy/v2', allowed: aixv.policy/v1" },
        { "allow_subjects", "\"alice\"", "$.allow_subjects: expected a list, found a string" },
        { "allow_subjects", "[1]", "$.allow_subjects[0]: expected a string, found a number" },
        { "allow_subjects", "[\" \"]", "$.allow_subjects[0]: is empty; leave out what is not known" },
        { "max_bundle_age_days", "0", "$.max_bundle_age_days: expected a whole number from 1 to 36500, found 0" },
        { "max_bundle_age_days", "1.5", "$.max_bundle_age_days: expected a whole number from 1 to 36500, found 1.5" },
        { "max_bundle_age_days", "\"30\"", "$.max_bundle_age_days: expected a whole number from 1 to 36500, found a string" },
        { "deny_advisory_severity_at_or_above", "\"severe\"", "$.deny_advisory_severity_at_or_above: found 'severe', allowed: low, medium, high, critical" },
        { "require_signed_advisories", "\"yes\"", "$.require_signed_advisories: expected a boolean, found a string" },
        { "clock_skew_seconds", "-1", "$.clock_skew_seconds: expected a whole number from 0 to 86400, found -1" },
        { "advisory_scope", "\"all\"", "$.advisory_scope: found 'all', allowed: self, lineage" },
        { "mandatory_bundle_members", "[\"sha256:abc\"]", "$.mandatory_bundle_members[0]: invalid sha256 digest: sha256:abc" },
        { "mandatory_bundle_members", "[\"0123456789abcdef0123456789abcdef01234567\"]", "$.mandatory_bundle_members[0]: 0123456789abcdef0123456789abcdef01234567 is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@0123456789abcdef0123456789abcdef01234567" },
        { "lineage", """{"minimum_tier":"signed"}""", "$.lineage.minimum_tier: found 'signed', allowed: described, identified, attested" },
        { "waivers", """{"allow_subjects":[]}""", "$.waivers.allow_subjects: 0 items, at least 1 expected" },
        { "certificate_claims", """{"branch":"main"}""", "$.certificate_claims: unknown member 'branch', allowed: repository, ref, workflow, trigger, runner" },
        { "advisory_reach", """{"derived_from":{"weights":"maybe"}}""", "$.advisory_reach.derived_from.weights: found 'maybe', allowed: flows, stops, if-tokenizer-inherited" },
        { "advisory_reach", """{"made_by":{}}""", "$.advisory_reach: unknown member 'made_by', allowed: derived_from, trained_on, packaged_from, evaluated_with, deployed_as" },
        { "required_predicates", """{"base-model":["trainig"]}""", "$.required_predicates.base-model: found 'trainig', allowed: training, advisory, evaluation, packaging, deployment, cl-delta, or a full predicate type URI" },
    };

    [Theory, MemberData(nameof(Faulty))]
    public void A_fault_is_named_with_its_place_what_was_found_and_what_is_allowed(string member, string value, string message) =>
        Assert.Equal($"invalid policy: {message}", Assert.Throws<FormatException>(() => With(member, value)).Message);

    [Fact]
    public void Every_fault_is_named_not_only_the_first()
    {
        var e = Assert.Throws<FormatException>(() => Policy.Read(Samples.Json("""{"policy_type":"aixv.policy/v1","subject":1,"issuer":2}""")));
        Assert.Equal("invalid policy: $.subject: expected a string, found a number; $.issuer: expected a string, found a number", e.Message);
    }

    [Fact]
    public void Signed_advisories_without_anybody_to_trust_are_no_policy()
    {
        var e = Assert.Throws<FormatException>(() => Policy.Read(Samples.Json("""{"policy_type":"aixv.policy/v1","require_no_active_advisories":true}""")));
        Assert.Equal(
            "invalid policy: $.require_signed_advisories: signed advisories are required and no subject is trusted to sign them: set advisory_allow_subjects, allow_subjects or subject, or require_signed_advisories to false",
            e.Message);
    }

    [Theory]
    [InlineData("""{"subject":"s"}""", "s")]
    [InlineData("""{"subject":"s","allow_subjects":["a"]}""", "a")]
    [InlineData("""{"subject":"s","allow_subjects":["a"],"advisory_allow_subjects":["v"]}""", "v")]
    [InlineData("""{"allow_subject_patterns":["*@example.org"]}""", "*@example.org")]
    public void Trust_in_advisories_falls_back_to_whom_the_policy_trusts(string json, string expected)
    {
        var policy = Samples.Json(json);
        policy["policy_type"] = "aixv.policy/v1";
        policy["require_no_active_advisories"] = true;
        Assert.Equal(expected, new PolicyTrust(Policy.Read(policy)).AdvisorySubjects.ToString());
    }

    [Fact]
    public void Patterns_cover_the_whole_name()
    {
        var patterns = new NamePatterns([], ["https://github.com/org/*/.github/workflows/release.yml@refs/tags/v*"]);
        Assert.True(patterns.Matches("https://github.com/org/model/.github/workflows/release.yml@refs/tags/v1"));
        Assert.False(patterns.Matches("https://github.com/org/model/.github/workflows/release.yml@refs/tags/v1/x"));
        Assert.False(patterns.Matches("https://evil.example/https://github.com/org/model/.github/workflows/release.yml@refs/tags/v1"));
        Assert.False(new NamePatterns(["*@example.org"]).Matches("eve@example.org"));
    }

    [Fact]
    public void A_policy_is_written_in_canonical_form_and_read_again_alike()
    {
        var json = Samples.Policy;
        json["mandatory_bundle_members"] = new JsonArray(Samples.Base.Hex.ToUpperInvariant());
        json["lineage"] = new JsonObject { ["minimum_tier"] = "identified" };
        json["waivers"] = new JsonObject { ["allow_subjects"] = new JsonArray("ciso@example.org") };
        json["advisory_reach"] = new JsonObject { ["trained_on"] = new JsonObject { ["licence"] = "stops" } };
        json["required_predicates"] = new JsonObject { ["base-model"] = new JsonArray("training") };
        json["certificate_claims"] = new JsonObject { ["repository"] = "https://github.com/org/model" };
        json["allow_subjects"] = new JsonArray("b", "a", "b");
        var policy = Policy.Read(json);
        Assert.Equal(policy.Fingerprint, Policy.Read(policy.ToJson()).Fingerprint);
        Assert.Equal($"[\"{Samples.Base}\"]", policy.ToJson()["mandatory_bundle_members"]!.ToJsonString());
        Assert.Equal("""["b","a"]""", policy.ToJson()["allow_subjects"]!.ToJsonString());
    }

    [Fact]
    public void A_signed_record_of_a_policy_is_read_and_one_of_another_kind_refused()
    {
        Assert.Equal(30, Policy.Parse(Samples.Record("policy", "p", Samples.Policy).ToBytes()).MaxBundleAgeDays);
        var e = Assert.Throws<FormatException>(() => Policy.Parse(Samples.Record("advisory", "p", Samples.Advisory()).ToBytes()));
        Assert.Equal("record kind mismatch: expected policy, found advisory", e.Message);
    }
}
