using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Advisories;

/// <summary>The next status of an advisory: a new record, never a changed one.</summary>
public static class AdvisoryUpdate
{
    /// <summary>The record to add to the store; what it says beyond the status is what the last one says.</summary>
    /// <param name="reasonCode">A new reason, or null to keep the last one.</param>
    /// <exception cref="FormatException">The store has no such advisory, a file of it is damaged, or it has that status already.</exception>
    public static SignedRecord Next(RecordStore store, RecordId id, AdvisoryStatus status, DateTimeOffset createdAt, string? reasonCode = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        var listing = store.Find(RecordKinds.Advisory, id);
        if (listing.Damaged.FirstOrDefault(file => Path.GetFileName(file.Path).StartsWith($"{id}.", StringComparison.Ordinal)) is { } damaged)
        {
            throw new FormatException($"{damaged.Path}: {damaged.Reason}");
        }

        var (last, path) = listing.Records is [.., var record] ? (Advisory.Read(record.Record.Payload), record.Path) : Attested(store, id);
        if (last.Status == status)
        {
            throw new FormatException($"advisory {id} is {Words.Of(status)} already: {path}");
        }

        // The class stays what it was, though the reason may change.
        var next = last with { Status = status, ReasonCode = reasonCode ?? last.ReasonCode, StatedClass = reasonCode is null ? last.StatedClass : last.Class };
        return new SignedRecord(RecordKinds.Advisory, id, createdAt, next.ToJson());
    }

    /// <summary>What was said by attestation may go on by record.</summary>
    private static (Advisory Advisory, string Path) Attested(RecordStore store, RecordId id) =>
        AttestedAdvisories.Read(store.Root, [], new List<DamagedFile>()).LastOrDefault(found => found.Advisory.Id == id.Value) is { } found
            ? (found.Advisory, found.Path)
            : throw new FormatException($"advisory {id} is not in the store: {store.PathOf(RecordKinds.Advisory, id)}");
}
