using System.Text.Json;
using Aixv.Track.Attesting;
using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Receipts;

/// <summary><c>receipt.revoked</c>: the tenant no longer stands by an entry. What the entry attested is revoked with it.</summary>
internal sealed class ReceiptRevoked() : EntryKind(KindName)
{
    public const string KindName = "receipt.revoked";

    public override void Project(Entry entry, IndexChanges changes)
    {
        using var document = JsonDocument.Parse(entry.Content);
        var json = document.RootElement;
        var receipt = TrackId.Parse(json.GetProperty("receipt").GetString()!);
        changes.Key($"receipt-revoked/{receipt}", default)
            .Create(RecordType.Receipt, receipt, "revoked");
        if (!json.TryGetProperty("record", out var record))
        {
            return;
        }

        var id = TrackId.Parse(record.GetString()!);
        if (json.GetProperty("record_type").GetString() is var word && word == "attestation")
        {
            changes.SetStatus(id, "withdrawn");
        }
        else
        {
            changes.Require(RecordWords.Parse(word!), id, RecordStatus.Attested, RecordStatus.Superseded).SetStatus(id, RecordStatus.Revoked);
        }
    }
}
