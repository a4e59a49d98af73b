namespace Aixv.Track.Blobs;

/// <summary>What a blob is; the number is its tag in packs.</summary>
internal enum BlobKind : byte
{
    /// <summary>An entry with what is private of it, as <see cref="Log.EntryFrame"/> encodes it. The log's leaf commits to it.</summary>
    Entry = 1,

    /// <summary>Bytes that entries name by their SHA-256: a bundle, a receipt's payload.</summary>
    Attachment = 2,
}
