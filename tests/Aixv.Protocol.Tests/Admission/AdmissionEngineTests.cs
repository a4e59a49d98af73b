using Aixv.Protocol.Admission;
using Aixv.Protocol.Lineage;

namespace Aixv.Protocol.Tests.Admission;

public sealed class AdmissionEngineTests
{
    private static AdmissionDecision Decide(Evidence evidence, params (string Member, string Value)[] policy) =>
        AdmissionEngine.Decide(evidence, Cases.Policy(policy), Cases.Now);

    private static Violation Only(AdmissionDecision decision)
    {
        Assert.Equal(Decision.Deny, decision.Decision);
        return Assert.Single(decision.Violations);
    }

    private static void Denied(Evidence evidence, ViolationCode code, string message, string field, params (string Member, string Value)[] policy)
    {
        var violation = Only(Decide(evidence, policy));
        Assert.Equal((code, message, field), (violation.Code, violation.Message, violation.Field));
        Assert.NotEmpty(violation.Remedy);
    }

    [Fact]
    public void What_meets_the_policy_is_admitted()
    {
        var decision = Decide(Cases.Good);
        Assert.Equal(Decision.Allow, decision.Decision);
        Assert.Empty(decision.Violations);
        Assert.Equal("""["release@example.org"]""", decision.Summary["verified_subjects"]!.ToJsonString());
        Assert.Equal("2026-05-29T12:00:00+00:00", decision.Summary["integrated_time"]!.GetValue<string>());
        Assert.Equal(0, decision.Summary["advisory_count"]!.GetValue<int>());
        Assert.Equal(Samples.Model.ToString(), decision.Summary["artifact_digest"]!.GetValue<string>());
    }

    [Fact]
    public void Without_a_verified_signature_nothing_is_admitted() => Denied(
        Cases.Good with { Signatures = [], SignatureFailures = ["signature-invalid: expected a signature over the artifact, found another"] },
        ViolationCode.SignatureNotVerified,
        "no verified signature of the artifact: signature-invalid: expected a signature over the artifact, found another",
        "signature");

    [Fact]
    public void A_subject_that_is_not_allowed_is_denied() => Denied(
        Cases.Good with { Signatures = [Cases.Signature with { Signer = Cases.Stranger }] },
        ViolationCode.SubjectNotAllowed,
        "subject stranger@example.org is not allowed, allowed: release@example.org",
        "allow_subjects");

    [Fact]
    public void A_denied_subject_is_denied_though_a_pattern_allows_it() => Denied(
        Cases.Good,
        ViolationCode.SubjectDenied,
        "signer release@example.org is denied",
        "deny_subjects",
        ("allow_subject_patterns", """["*@example.org"]"""),
        ("deny_subject_patterns", """["rel*@example.org"]"""));

    [Fact]
    public void An_issuer_that_is_not_allowed_is_denied() => Denied(
        Cases.Good,
        ViolationCode.IssuerNotAllowed,
        "issuer https://accounts.example.org is not allowed, allowed: https://accounts.google.com",
        "allow_issuers",
        ("allow_issuers", """["https://accounts.google.com"]"""));

    [Fact]
    public void Whom_the_caller_expects_counts_beside_the_policy() => Denied(
        Cases.Good with { ExpectedSubject = "alice@example.org" },
        ViolationCode.SubjectNotAllowed,
        "subject is release@example.org, expected: alice@example.org",
        "--identity");

    [Fact]
    public void Somebody_must_be_named() => Denied(
        Cases.Good,
        ViolationCode.SubjectNotConstrained,
        "subject identity constraints required: set --identity or policy.subject/allow_subjects",
        "allow_subjects",
        ("allow_subjects", "[]"));

    [Fact]
    public void A_signature_of_our_organisation_is_not_one_of_our_release_workflow()
    {
        (string, string)[] policy =
        [
            ("allow_subject_patterns", """["https://github.com/org/model/**"]"""),
            ("certificate_claims", """{"repository":"org/model","workflow":".github/workflows/release.yml","ref":"refs/tags/v*","trigger":["push","release"],"runner":"github-hosted"}"""),
        ];
        Evidence By(string workflow, string reference) => Cases.Good with
        {
            Signatures =
            [
                Cases.Signature with
                {
                    Signer = new SignerEvidence(
                        $"https://github.com/org/model/.github/workflows/{workflow}@{reference}",
                        "https://token.actions.githubusercontent.com",
                        System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty
                            .Add("build_config_uri", $"https://github.com/org/model/.github/workflows/{workflow}@{reference}")
                            .Add("build_trigger", "push")
                            .Add("github_workflow_repository", "org/model")
                            .Add("runner_environment", "github-hosted")
                            .Add("source_repository_ref", reference)
                            .Add("source_repository_uri", "https://github.com/org/model")),
                },
            ],
        };
        Assert.Equal(Decision.Allow, Decide(By("release.yml", "refs/tags/v1"), policy).Decision);
        var denied = Decide(By("test.yml", "refs/heads/main"), policy);
        Assert.Equal(
            ["the certificate's ref is refs/heads/main, allowed: refs/tags/v*", "the certificate's workflow is https://github.com/org/model/.github/workflows/test.yml@refs/heads/main, allowed: .github/workflows/release.yml"],
            denied.Messages);
        Assert.Equal("the certificate's repository is not stated, allowed: org/model", Decide(Cases.Good, policy[1]).Messages[1]);
    }

    [Fact]
    public void An_old_signature_is_denied() => Denied(
        Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = Cases.Now.AddDays(-31) }] },
        ViolationCode.BundleTooOld,
        "the signature of 2026-05-01T12:00:00+00:00 is 31 days old, at most 30 are allowed",
        "max_bundle_age_days");

    [Theory]
    [InlineData(0, Decision.Allow)]
    [InlineData(300, Decision.Allow)]
    [InlineData(301, Decision.Deny)]
    public void The_age_is_exact_but_for_the_clock_skew(int secondsPast, Decision expected) => Assert.Equal(
        expected,
        Decide(Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = Cases.Now.AddDays(-30).AddSeconds(-secondsPast) }] }).Decision);

    [Fact]
    public void A_clock_set_back_is_noticed() => Denied(
        Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = Cases.Now.AddDays(2) }] },
        ViolationCode.BundleFromFuture,
        "the signature of 2026-06-03T12:00:00+00:00 is later than the clock, 2026-06-01T12:00:00+00:00, by more than 300 s",
        "clock_skew_seconds");

    [Fact]
    public void A_signature_without_a_time_has_no_age() => Denied(
        Cases.Good with { Signatures = [Cases.Signature with { IntegratedTime = null }] },
        ViolationCode.TimeMissing,
        "the signature has no verified time, so its age is not known",
        "max_bundle_age_days");

    [Fact]
    public void A_signature_in_no_log_is_denied_unless_the_policy_says_otherwise()
    {
        var unlogged = Cases.Good with { Signatures = [Cases.Signature with { LogEntries = [] }] };
        Denied(unlogged, ViolationCode.TransparencyMissing, "the signature is in no transparency log", "transparency_required");
        Assert.Equal(Decision.Allow, Decide(unlogged, ("transparency_required", "false")).Decision);
    }

    [Fact]
    public void One_signature_that_meets_all_is_enough()
    {
        var decision = Decide(Cases.Good with { Signatures = [Cases.Signature with { Signer = Cases.Stranger }, Cases.Signature] });
        Assert.Equal(Decision.Allow, decision.Decision);
        Assert.Equal(Cases.Issuer, decision.Summary["verified_issuer"]!.GetValue<string>());
    }

    [Fact]
    public void Two_signatures_do_not_add_up_to_one() => Assert.Equal(Decision.Deny, Decide(Cases.Good with
    {
        Signatures = [Cases.Signature with { Signer = Cases.Stranger }, Cases.Signature with { IntegratedTime = Cases.Now.AddDays(-90) }],
    }).Decision);

    [Fact]
    public void A_required_predicate_must_be_attested_by_somebody_trusted()
    {
        (string, string) policy = ("required_predicates", """{"*":["training"],"base-model":["evaluation"]}""");
        const string Training = "https://aixv.org/attestation/training/v1";
        var typed = Cases.Good with { ArtifactType = "fine-tuned-model" };
        Denied(typed, ViolationCode.PredicateMissing, "a training attestation is required of every artifact: there is none", "required_predicates.*", policy);
        Denied(
            typed with { Attestations = [new AttestationEvidence(Training, EvidenceTier.Attested, Cases.Stranger, Cases.Now, null)] },
            ViolationCode.PredicateMissing,
            "a training attestation is required of every artifact: 1 found, none of them signed by a trusted subject",
            "required_predicates.*",
            policy);
        var attested = typed with { Attestations = [new AttestationEvidence(Training, EvidenceTier.Attested, Cases.Release, Cases.Now, null)] };
        Assert.Equal(Decision.Allow, Decide(attested, policy).Decision);
        Denied(attested with { ArtifactType = "base-model" }, ViolationCode.PredicateMissing, "an evaluation attestation is required of base-model: there is none", "required_predicates.base-model", policy);
        Denied(attested with { ArtifactType = null }, ViolationCode.PredicateMissing, "the artifact's type is not known, so which claims it needs is not either (asked of: base-model)", "required_predicates", policy);
    }

    [Fact]
    public void Mandatory_members_must_be_in_one_trusted_bundle()
    {
        (string, string) policy = ("mandatory_bundle_members", $"[\"{Samples.Base}\"]");
        var bundle = new BundleEvidence("main", Samples.Model, Cases.Members, Cases.Release, Cases.Now);
        Denied(Cases.Good, ViolationCode.BundleMemberMissing, $"the artifact must be in one bundle with {Samples.Base}: no trusted bundle holds the artifact", "mandatory_bundle_members", policy);
        Denied(
            Cases.Good with { Bundles = [bundle with { Members = [Samples.Model] }] },
            ViolationCode.BundleMemberMissing,
            $"the artifact must be in one bundle with {Samples.Base}: bundle main lacks {Samples.Base}",
            "mandatory_bundle_members",
            policy);
        Assert.Equal(Decision.Deny, Decide(Cases.Good with { Bundles = [bundle with { Signer = Cases.Stranger }] }, policy).Decision);
        Assert.Equal(Decision.Allow, Decide(Cases.Good with { Bundles = [bundle] }, policy).Decision);
    }

    [Fact]
    public void Ancestors_must_be_known_as_well_as_the_policy_asks()
    {
        (string, string) tier = ("lineage", """{"max_depth":2,"minimum_tier":"identified"}""");
        (string, string) signed = ("lineage", """{"max_depth":2,"require_signed_ancestors":true,"allow_subjects":["publisher@base.example"]}""");
        var publisher = new SignerEvidence("publisher@base.example", Cases.Issuer);
        Evidence With(params AncestorEvidence[] ancestors) => Cases.Good with { Lineage = new LineageEvidence(2, true, [.. ancestors], [], []) };
        var described = new AncestorEvidence(null, "hf://org/base", 1, EvidenceTier.Described, null);
        var attested = new AncestorEvidence(Samples.Base, null, 1, EvidenceTier.Attested, publisher);

        Denied(Cases.Good, ViolationCode.LineageIncomplete, "the artifact's lineage was not looked at", "lineage.max_depth", tier);
        Denied(With() with { Lineage = new LineageEvidence(1, false, [], [], []) }, ViolationCode.LineageIncomplete, "ancestors were looked at up to depth 1, the policy asks for 2", "lineage.max_depth", tier);
        Denied(With(described), ViolationCode.LineageTierTooLow, "ancestor hf://org/base at depth 1 is described, at least identified is asked", "lineage.minimum_tier", tier);
        Assert.Equal(Decision.Allow, Decide(With(described with { Depth = 3 }), tier).Decision);
        Assert.Equal(Decision.Allow, Decide(With(attested), signed).Decision);
        Denied(
            With(attested with { Signer = Cases.Stranger }),
            ViolationCode.AncestorNotSigned,
            $"ancestor {Samples.Base} at depth 1 is attested by {Cases.Stranger}, whom the policy does not trust for lineage",
            "lineage.require_signed_ancestors",
            signed);
        Denied(With() with { Lineage = new LineageEvidence(2, true, [], ["a is its own ancestor"], []) }, ViolationCode.LineageCycle, "the lineage is cyclic: a is its own ancestor", "lineage", tier);
        Denied(With() with { Lineage = new LineageEvidence(2, true, [], [], ["x: two parents"]) }, ViolationCode.LineageContradiction, "attestations contradict each other: x: two parents", "lineage", tier);
    }

    [Fact]
    public void The_same_evidence_policy_and_time_give_the_same_bytes()
    {
        var evidence = Cases.Good with { Advisories = [Cases.Advisory()], Waivers = [Cases.Waiver()], ArtifactType = "base-model" };
        var first = Decide(evidence).ToBytes();
        Assert.Equal(first, Decide(Evidence.Read(evidence.ToJson())).ToBytes());
        Assert.Equal(first, AdmissionEngine.Decide(evidence, Cases.Policy(), Cases.Now.AddMilliseconds(999)).ToBytes());
        Assert.Equal(evidence.ToBytes(), Evidence.Read(evidence.ToJson()).ToBytes());
    }

    [Fact]
    public void Every_violation_has_a_code_of_its_own_in_kebab_case() => Assert.All(
        Enum.GetValues<ViolationCode>(), code => Assert.Matches("^[a-z]+(-[a-z]+)+$", code.ToCode()));

    [Fact]
    public void The_tree_shows_every_rule()
    {
        var tree = Decide(Cases.Good).Evaluation;
        Assert.Equal(["signature", "advisories", "required predicates", "bundle members", "lineage"], tree.Children.Select(c => c.Rule));
        Assert.Equal(["subject", "issuer", "certificate claims", "transparency", "freshness"], tree.Children[0].Children.Select(c => c.Rule));
        Assert.Equal(RuleOutcome.Passed, tree.Outcome);
    }
}
