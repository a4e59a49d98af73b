using Aixv.Protocol.Admission;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Advisories.Feeds;
using Aixv.Protocol.Bundles;
using Aixv.Protocol.Monitoring;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Predicates;
using Aixv.Protocol.Receipts;
using Aixv.Protocol.Records;
using Aixv.Protocol.Rollbacks;
using Aixv.Protocol.Waivers;

namespace Aixv.Protocol.Schemas;

/// <summary>Every document of AIXV, and what its command line answers; shipped in <c>docs/schemas</c>.</summary>
public static class DocumentSchemas
{
    public static IReadOnlyList<DocumentSchema> All { get; } =
    [
        new("signed-record.v1", "signed record", SignedRecord.Shape),
        new("attestation-record.v1", "attestation record", AttestationRecord.Shape),
        new("policy.v1", "policy", PolicyReader.Shape),
        new("advisory.v1", "advisory", Advisory.Shape),
        new("waiver.v1", "waiver", Waiver.Shape),
        new("bundle.v1", "bundle", ArtifactBundle.Shape),
        new("advisory-feed.v1", "advisory feed", AdvisoryFeed.Shape),
        new("advisory-sync-state.v1", "advisory sync state", SyncState.Shape),
        new("admission-evidence.v1", "admission evidence", Evidence.Shape),
        new("admission-decision.v1", "admission decision", AdmissionDecision.Shape),
        new("saved-decision.v1", "saved decision", SavedDecision.Shape),
        new("rollback.v1", "rollback", RollbackRecord.Shape),
        new("conformance-report.v1", "conformance report", AnswerSchemas.ConformanceReport),
        new("failure-answer.v1", "answer of a command that fails", AnswerSchemas.Failure),
        new("verify-answer.v1", "answer of verify", AnswerSchemas.Verify),
        new("admit-answer.v1", "answer of admit", AnswerSchemas.Admit),
        new("replay-answer.v1", "answer of decision replay", AnswerSchemas.Replay),
        new("provenance-answer.v1", "answer of provenance", AnswerSchemas.Provenance),
        new("impact-answer.v1", "answer of impact", AnswerSchemas.Impact),
        new("rollback-answer.v1", "answer of rollback --to", AnswerSchemas.Rollback),
        new("receipt.v1", "receipt", Receipt.Shape),
        new("receipt-trust.v1", "receipt trust", ReceiptTrust.Shape),
        new("watch-list.v1", "watch list", WatchList.Shape),
        new("monitor-state.v1", "monitor state", MonitorState.Shape),
        .. PredicateTypes.All.Where(type => type.Alias != "advisory").Select(type => new DocumentSchema($"{type.Alias}-predicate.{type.Version}", $"{type.Alias} predicate", type.Shape)),
    ];
}
