using System.Text.Json;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Attestations;

/// <summary><c>attestation.withdrawn</c>: the tenant that published it no longer stands by it.</summary>
internal sealed class AttestationWithdrawn() : EntryKind(KindName)
{
    public const string KindName = "attestation.withdrawn";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var id = TrackId.Parse(document.RootElement.GetProperty("id").GetString()!);
        changes.Key($"attestation-withdrawn/{id}", default)
            .Require(RecordType.Attestation, id, AttestationStatus.Active)
            .SetStatus(id, AttestationStatus.Withdrawn)
            .EntryTerm("status-of", id.ToString());
    }
}
