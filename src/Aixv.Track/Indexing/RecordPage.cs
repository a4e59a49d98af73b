namespace Aixv.Track.Indexing;

/// <summary>A page of a list.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">How many there are in all, without offset, limit and cursor; −1 when it was not asked for.</param>
/// <param name="Next">What to ask for as <see cref="RecordQuery.Before"/> to go on; null on the last page.</param>
internal sealed record RecordPage(IReadOnlyList<StoredRecord> Items, long Total, long? Next);
