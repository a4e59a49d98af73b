using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>An entry with the record that it made, if it made one, and what became of that.</summary>
internal sealed record StoredReceipt(StoredEntry Entry, RecordType? Type, TrackId? Record, ReceiptState State);
