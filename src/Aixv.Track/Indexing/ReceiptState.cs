namespace Aixv.Track.Indexing;

/// <summary>What became of an entry since: its receipt proves for ever that it was made, not that it still stands.</summary>
internal enum ReceiptState
{
    Active = 1,
    Superseded,
    Revoked,
}
