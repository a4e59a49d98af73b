using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Records;

namespace Aixv.Protocol.Schemas;

/// <summary>
/// What the command line answers with <c>--json</c>, for who writes another client or implementation. Answers are open: later versions add members.
/// </summary>
internal static class AnswerSchemas
{
    private static readonly ListShape Texts = new(new TextShape(), maximum: 1_000_000);
    private static readonly IntegerShape Count = new(0, int.MaxValue);
    private static readonly TextShape Text = new();

    private static ObjectShape Answer(params Field[] fields) => new([new Field("ok", PlainShape.Boolean, Required: true), .. fields, new Field("error", Text), new Field("command", Text)]) { IsOpen = true };

    private static Field Need(string name, Shape shape) => new(name, shape, Required: true);

    private static Field May(string name, Shape shape) => new(name, shape);

    private static ObjectShape Open(params Field[] fields) => new([.. fields]) { IsOpen = true };

    /// <summary>Of every command that fails.</summary>
    internal static ObjectShape Failure { get; } = new(
        Need("ok", PlainShape.Boolean),
        Need("error", Text),
        Need("command", PlainShape.String));

    /// <summary><c>aixv.conformance-report/v1</c>.</summary>
    internal static ObjectShape ConformanceReport { get; } = new(
        Need("ok", PlainShape.Boolean),
        Need("schema", TextShape.OneOf("aixv.conformance-report/v1")),
        Need("version", Text),
        Need("generated_at", new TimeShape()),
        Need("target", Text),
        Need("overall_status", TextShape.OneOf("pass", "fail")),
        Need("check_count", Count),
        Need("failed_count", Count),
        Need("checks", new ListShape(new ObjectShape(
            Need("check_id", Text),
            Need("status", TextShape.OneOf("pass", "fail")),
            Need("evidence", Open(Need("group", Text), Need("about", Text))),
            May("error", Text)))));

    private static ObjectShape Source { get; } = Open(
        Need("path", Text),
        Need("type", Text),
        Need("signature", Words.ShapeOf<SourceStatus>()),
        May("subject", Text),
        May("issuer", Text),
        May("log", Text),
        May("log_index", new IntegerShape(0, long.MaxValue)),
        May("integrated_time", new TimeShape()));

    private static ListShape Entries(string other) => new(Open(
        May("digest", new DigestShape()),
        May(other, new DigestShape()),
        Need("depth", Count),
        May("uri", Text),
        May("name", Text),
        Need("kind", TextShape.OneOf([.. ReachRules.EdgeKinds])),
        Need("relation", Text),
        Need("tier", Words.ShapeOf<EvidenceTier>()),
        Need("source", Source)), maximum: 10_000_000);

    private static ListShape Path { get; } = new(Open(
        Need("from", Text),
        Need("to", Text),
        Need("via", Text),
        Need("kind", Text),
        May("relation", Text),
        May("tier", Words.ShapeOf<EvidenceTier>()),
        Need("source", Source)));

    internal static ObjectShape Provenance { get; } = Answer(
        Need("view", TextShape.OneOf("tree", "trace", "impact", "explain")),
        Need("artifact", Text),
        Need("artifact_digest", new DigestShape()),
        Need("attestation_count", Count),
        Need("attestation_trust", Open(Need("total", Count), Need("signed", Count), Need("signed_and_trusted", Count), Need("unsigned_or_untrusted", Count))),
        Need("attestation_violations", Texts),
        Need("advisory_count", Count),
        Need("trusted_active_advisory_count", Count),
        Need("store_warnings", Texts),
        May("trust", Text),
        May("trust_warning", Text),
        May("parents", Entries("child_digest")),
        May("descendants", Entries("parent_digest")),
        May("tree", PlainShape.Object),
        May("explain", Open(
            Need("trusts_any_verified_signer", PlainShape.Boolean),
            Need("flagged", PlainShape.Boolean),
            Need("advisories", new ListShape(Open(
                Need("advisory_id", Text), Need("severity", Words.ShapeOf<Severity>()), Need("reason_code", Text), Need("certain", PlainShape.Boolean), May("record", Source), Need("path", Path)))),
            Need("contradictions", Texts),
            Need("missing_parents", Texts))));

    private static ListShape Reached { get; } = new(
        Open(Need("digest", new DigestShape()), May("name", Text), May("uri", Text), Need("via", Text), Need("depth", Count), Need("path", Path)), maximum: 10_000_000);

    internal static ObjectShape Impact { get; } = Answer(
        Need("advisory_id", RecordId.Shape),
        Need("severity", Words.ShapeOf<Severity>()),
        Need("status", Words.ShapeOf<AdvisoryStatus>()),
        Need("reason_code", Text),
        Need("class", Words.ShapeOf<AdvisoryClass>()),
        May("signer", Text),
        Need("trusts_any_verified_signer", PlainShape.Boolean),
        Need("affected_count", Count),
        Need("possible_count", Count),
        Need("affected", Reached),
        Need("possible", Reached),
        Need("store_warnings", Texts),
        May("trust", Text),
        May("trust_warning", Text));

    private static Field[] Decision { get; } =
    [
        Need("admission_decision", Words.ShapeOf<Admission.Decision>()),
        Need("policy_violations", Texts),
        May("admission_evidence", Open(
            Need("artifact_digest", new DigestShape()), Need("advisory_count", Count), Need("verified_subjects", Texts), May("verified_issuer", Text), May("integrated_time", new TimeShape()))),
        May("violations", new ListShape(AdmissionDecision.ViolationShape)),
        May("decided_at", new TimeShape()),
        May("evaluation", PlainShape.Object),
    ];

    private static ObjectShape Policy { get; } = Open(
        Need("path", Text), May("policy_id", Text), Need("policy_digest", new DigestShape()), Need("signed", PlainShape.Boolean), May("signer", SignerEvidence.Shape));

    internal static ObjectShape Verify { get; } = Answer(
    [
        Need("verified", PlainShape.Boolean),
        Need("digest", new DigestShape()),
        Need("bundle_path", Text),
        May("expected_subject", Text),
        May("expected_issuer", Text),
        Need("actual_subjects", Texts),
        May("actual_issuer", Text),
        May("integrated_time", new TimeShape()),
        Need("staging", PlainShape.Boolean),
        .. Decision,
        Need("trust", Text),
        May("trust_warning", Text),
        May("predicate_type", Text),
        May("key_fingerprint", Text),
        Need("log_entries", new ListShape(Open(Need("log", Text), Need("index", new IntegerShape(0, long.MaxValue)), Need("kind", Text), May("integrated_time", new TimeShape())))),
        Need("times", new ListShape(Open(Need("source", Text), Need("time", new TimeShape()), Need("authority", Text)))),
        Need("checks", new ListShape(Open(Need("step", Text), Need("passed", PlainShape.Boolean), Need("detail", Text)))),
        May("policy", Policy),
        May("store_warnings", Texts),
        May("assurance_level", TextShape.OneOf("level-1", "level-2", "level-3")),
        May("saved_decision", Text),
        May("advisories", new ListShape(Open(Need("advisory_id", Text), Need("severity", Words.ShapeOf<Severity>()), Need("status", Words.ShapeOf<AdvisoryStatus>()), Need("trusted", PlainShape.Boolean), May("signer", Text)))),
        May("reason", Text),
        May("step", Text),
    ]);

    internal static ObjectShape Admit { get; } = Answer(
        Need("policy", Policy),
        Need("admitted_count", Count),
        Need("denied_count", Count),
        Need("results", new ListShape(Open([Need("artifact", Text), May("artifact_digest", new DigestShape()), May("bundle_path", Text), .. Decision, May("error", Text), May("saved_decision", Text), May("statements", Texts)]), maximum: 10_000_000)),
        Need("skipped", new ListShape(Open(Need("path", Text), Need("reason", Text)))),
        Need("store_warnings", Texts));

    internal static ObjectShape Replay { get; } = Answer(
    [
        Need("saved_decision", Words.ShapeOf<Admission.Decision>()),
        Need("reproduced", PlainShape.Boolean),
        Need("differences", Texts),
        .. Decision,
    ]);

    internal static ObjectShape Rollback { get; } = Answer(
        Need("rollback_record_path", Text),
        Need("store_path", Text),
        Need("record_id", RecordId.Shape),
        Need("artifact_digest", new DigestShape()),
        Need("rollback_target", new DigestShape()),
        Need("target_known", PlainShape.Boolean),
        Need("signed", PlainShape.Boolean),
        Need("record", SignedRecord.Shape),
        May("signature", PlainShape.Object));
}
