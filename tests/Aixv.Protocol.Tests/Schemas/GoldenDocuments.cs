using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Records;
using Aixv.Protocol.Statements;
using Aixv.Protocol.Tests.Admission;
using Aixv.Protocol.Tests.Receipts;

namespace Aixv.Protocol.Tests.Schemas;

/// <summary>One document of every schema, as this code writes it; the files are in testdata/golden/documents.</summary>
internal static class GoldenDocuments
{
    /// <summary>How the names of answers end.</summary>
    public const string Answer = "-answer.v1";

    public static string Folder => Path.Combine(Repository(), "testdata", "golden", "documents");

    public static string SchemaFolder => Path.Combine(Repository(), "docs", "schemas");

    private static string Repository([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    public static IReadOnlyDictionary<string, JsonObject> All => Own().Concat(Predicates()).Concat(Answers()).ToDictionary(pair => pair.Name, pair => pair.Json);

    private static IEnumerable<(string Name, JsonObject Json)> Predicates() => PredicateTypes.All
        .Where(type => type.Alias != "advisory")
        .Select(type => ($"{type.Alias}-predicate.{type.Version}", type.Read(type.Template()).Content));

    /// <summary>What the command line answered, as its own tests keep it.</summary>
    private static IEnumerable<(string Name, JsonObject Json)> Answers()
    {
        var folder = Path.Combine(Repository(), "testdata", "golden", "answers");
        return Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(path => ($"{Path.GetFileNameWithoutExtension(path)}{Answer}", Parse(File.ReadAllBytes(path))));
    }

    private static IEnumerable<(string Name, JsonObject Json)> Own()
    {
        var saved = Decision;
        var advisory = Aixv.Protocol.Advisories.Advisory.Read(Advisory).ToJson();
        yield return ("signed-record.v1", Samples.Record("policy", "production", Policy).ToJson());
        yield return ("attestation-record.v1", Parse(new AttestationRecord(Samples.Now, "https://aixv.org/attestation/training/v1", Training.ToJson(), "x.sigstore.json").ToBytes()));
        yield return ("policy.v1", Aixv.Protocol.Policies.Policy.Read(Policy).ToJson());
        yield return ("advisory.v1", advisory);
        yield return ("waiver.v1", Aixv.Protocol.Waivers.Waiver.Read(Samples.Waiver).ToJson());
        yield return ("bundle.v1", Samples.Json($$"""{"bundle_type":"aixv.bundle/v1","bundle_id":"main","primary":"{{Samples.Model}}","members":["{{Samples.Model}}","{{Samples.Base}}"]}"""));
        yield return ("advisory-feed.v1", new JsonObject
        {
            ["schema"] = "aixv.advisory-feed/v1",
            ["snapshot"] = new FeedSnapshot(7, Samples.Now, Samples.Now.AddDays(1)).ToJson(),
            ["entries"] = new JsonArray(
                new JsonObject { ["record"] = Samples.Record("advisory", "ADV-2026-0001", advisory).ToJson(), ["bundle_url"] = "https://feeds.example.org/ADV-2026-0001.json.sigstore.json" }),
        });
        yield return ("advisory-sync-state.v1", Samples.Json($$$$$"""
            {"schema":"aixv.advisory-sync-state/v1","synced_at":"2026-06-01T12:00:00+00:00",
             "advisories":{"ADV-2026-0001":{"integrated_time":"2026-05-30T08:00:00Z","record_digest":"{{{{{Samples.Model}}}}}"}},
             "feeds":{"https://feeds.example.org/feed.json":{"snapshot":{"number":7,"issued_at":"2026-06-01T00:00:00+00:00","expires_at":"2026-06-02T00:00:00+00:00"}}}}
            """));
        yield return ("admission-evidence.v1", saved.Evidence.ToJson());
        yield return ("admission-decision.v1", saved.Decision);
        yield return ("saved-decision.v1", Parse(saved.ToBytes()));
        yield return ("rollback.v1", new Aixv.Protocol.Rollbacks.RollbackRecord(Samples.Model, Samples.Base, Samples.Now).ToJson());
        yield return ("conformance-report.v1", Samples.Json("""
            {"ok":false,"schema":"aixv.conformance-report/v1","version":"0.1.0","generated_at":"2026-06-01T12:00:00Z","target":"aixv","overall_status":"fail","check_count":2,"failed_count":1,
             "checks":[{"check_id":"digest.bare.v1","status":"pass","evidence":{"group":"digests","about":"bare hex"},"error":null},
                       {"check_id":"record.id.empty.reject.v1","status":"fail","evidence":{"group":"records","about":"an empty id"},"error":"exit code 0, expected 1"}]}
            """));
        using var registry = new TestRegistry();
        var receipt = registry.Receipt(salt: TestRegistry.Salt, life: new(TestRegistry.Made.AddDays(-1)));
        yield return ("receipt.v1", receipt.ToJson());
        yield return ("receipt-trust.v1", new JsonObject
        {
            ["trust_type"] = "aixv.receipt-trust/v1",
            ["logs"] = new JsonArray(receipt.ToJson()["log"]!.DeepClone()),
            ["witnesses"] = new JsonArray((JsonNode)registry.Witness.Verifier.ToVerifierKey()),
            ["required_witnesses"] = 1,
        });
        yield return ("watch-list.v1", Samples.Json($$"""
            {"watch_type":"aixv.watch-list/v1","identities":[{"subject":"release@example.org","issuer":"https://accounts.example.org","expected_digests":["{{Samples.Model}}"]}],
             "digests":[{"digest":"{{Samples.Base}}","expected_signers":["*@example.org"]}]}
            """));
        yield return ("monitor-state.v1", new Aixv.Protocol.Monitoring.MonitorState(receipt.Proof.Checkpoint, 2).ToJson());
    }

    private static JsonObject Parse(byte[] json) => SortedJson.ParseObject(json, "golden document", 1 << 20);

    private static Statement Training => new(
        [new StatementSubject("model.safetensors", Samples.Model)], PredicateTypes.Read("training", Samples.Json("""{"parent_models":[]}""")));

    private static JsonObject Advisory => Samples.Json($$"""
        {"advisory_id":"ADV-2026-0001","affected":[{"digest":"{{Samples.Model}}","name":"model","uri":"hf://org/model","selector":["descendants","bundles"]}],
         "severity":"critical","status":"active","reason_code":"poisoned-weights","class":"weights","recommended_actions":["roll back"]}
        """);

    private static JsonObject Policy => Samples.Json($$$$"""
        {"policy_type":"aixv.policy/v1","subject":"release@example.org","issuer":"https://accounts.example.org",
         "allow_subjects":["release@example.org"],"allow_subject_patterns":["https://github.com/org/*/.github/workflows/release.yml@refs/tags/**"],
         "deny_subjects":["mallory@example.org"],"deny_subject_patterns":["*@evil.example"],"allow_issuers":["https://accounts.example.org"],
         "allow_issuer_patterns":["https://*.example.org"],"deny_issuers":["https://evil.example"],"deny_issuer_patterns":["https://*.evil.example"],
         "public_keys":["MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEBfTPTPGSlEIoVWYUBGxtOM+PfduNY1EU/7Rb2EXrdloObZ9/8knEvqjW55n5pfHA2UleqW/sdIG5OW0zEa1NOg=="],"certificate_claims":{"repository":["org/model"],"runner":["github-hosted"]},"max_bundle_age_days":30,"clock_skew_seconds":60,"transparency_required":false,
         "deny_advisory_severity_at_or_above":"high","require_no_active_advisories":false,"require_signed_advisories":true,
         "advisory_allow_subjects":["security@example.org"],"advisory_allow_issuers":["https://accounts.example.org"],"advisory_scope":"lineage",
         "advisory_reach":{"trained_on":{"licence":"stops"}},"required_predicates":{"base-model":["training"]},"mandatory_bundle_members":["{{{{Samples.Base}}}}"],
         "lineage":{"max_depth":3,"minimum_tier":"identified","require_signed_ancestors":false,"allow_subjects":["publisher@base.example"],"allow_issuers":["https://accounts.example.org"]},
         "waivers":{"allow_subjects":["ciso@example.org"],"allow_issuers":["https://accounts.example.org"],"max_age_days":90}}
        """);

    private static SavedDecision Decision
    {
        get
        {
            var policy = Cases.Policy(("waivers", """{"allow_subjects":["ciso@example.org"]}"""), ("advisory_scope", "\"lineage\""));
            var evidence = Cases.Good with
            {
                ArtifactType = "fine-tuned-model",
                ExpectedSubject = "release@example.org",
                ExpectedIssuer = Cases.Issuer,
                PolicySigner = Cases.Security,
                TrustRoot = "root",
                Signatures = [Cases.Signature with { Signer = Cases.Release with { Claims = Cases.Release.Claims.Add("build_trigger", "push") } }],
                SignatureFailures = ["another bundle did not verify"],
                Attestations = [new AttestationEvidence("https://aixv.org/attestation/training/v1", EvidenceTier.Attested, Cases.Release, Samples.Now, "x.json")],
                Advisories = [Cases.Advisory(paths: Cases.Descendant(tokenizer: true))],
                Waivers = [Cases.Waiver()],
                Bundles = [new BundleEvidence("main", Samples.Model, Cases.Members, Cases.Release, Samples.Now)],
                Lineage = new LineageEvidence(3, true, [new AncestorEvidence(Samples.Base, "base", 1, EvidenceTier.Attested, Cases.Release)], [], []),
            };
            return SavedDecision.Of(AdmissionEngine.Decide(evidence, policy, Cases.Now), evidence, policy);
        }
    }
}
