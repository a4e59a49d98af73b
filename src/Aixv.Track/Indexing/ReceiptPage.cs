namespace Aixv.Track.Indexing;

/// <summary>A page of a list of receipts.</summary>
/// <param name="Next">What to ask for as <see cref="ReceiptQuery.Before"/> to go on; null on the last page.</param>
internal sealed record ReceiptPage(IReadOnlyList<StoredReceipt> Items, long Total, long? Next);
