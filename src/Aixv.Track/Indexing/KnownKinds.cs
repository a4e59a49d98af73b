using Aixv.Track.Advisories;
using Aixv.Track.Agents;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Importing;
using Aixv.Track.Keys;
using Aixv.Track.Receipts;
using Aixv.Track.Tenants;
using Aixv.Track.Webhooks;

namespace Aixv.Track.Indexing;

/// <summary>The list of all kinds of entry: a new kind is one line here.</summary>
internal static class KnownKinds
{
    public static EntryKinds Create() => new(
    [
        new TenantCreated(),
        new TenantUpdated(),
        new KeyCreated(),
        new KeyRevoked(),
        new AgentRegistered(),
        new AgentChanged(),
        new RecordAttested(RecordType.Model),
        new RecordAttested(RecordType.Dataset),
        new RecordAttested(RecordType.Deployment),
        new RecordAttested(RecordType.TrainingRun),
        new RecordStatusChanged(),
        new ReceiptRevoked(),
        new AttestationPublished(),
        new AttestationWithdrawn(),
        new AdvisoryPublished(),
        new WebhookCreated(),
        new WebhookChanged(),
        new GraphImported(),
    ]);
}
