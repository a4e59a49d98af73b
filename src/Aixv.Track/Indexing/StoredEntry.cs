using Aixv.Track.Log;

namespace Aixv.Track.Indexing;

/// <summary>An entry with its place in the log and what only its tenant may see of it.</summary>
internal sealed record StoredEntry(Realm Realm, long Index, Entry Entry, EntryFrame Frame);
