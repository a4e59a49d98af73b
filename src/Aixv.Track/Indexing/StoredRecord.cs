using Aixv.Track.Log;
using Aixv.Track.Storage;

namespace Aixv.Track.Indexing;

/// <summary>A record as the index has it now.</summary>
/// <param name="Index">The log index of the entry that made it: its place in lists.</param>
/// <param name="Status">The present status.</param>
/// <param name="Entry">The entry that has its present content.</param>
/// <param name="MadeBy">The id of the entry that made it, and so of its receipt.</param>
internal sealed record StoredRecord(
    Realm Realm, RecordType Type, TrackId Id, string Status, long Index, DateTimeOffset Created, TrackId MadeBy, Entry Entry)
{
    /// <summary>The present content: one JSON object.</summary>
    public ReadOnlyMemory<byte> Content => Entry.Content;
}
