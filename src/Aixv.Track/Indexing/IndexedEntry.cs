using Aixv.Track.Blobs;
using Aixv.Track.Log;

namespace Aixv.Track.Indexing;

/// <summary>An entry that is in the log, ready to be indexed.</summary>
/// <param name="Index">Its place in the log.</param>
/// <param name="Entry">The entry.</param>
/// <param name="IsPublic">Whether everybody sees it.</param>
/// <param name="Location">Where its frame lies.</param>
/// <param name="Attachments">Where its attachments lie, in their order.</param>
/// <param name="Changes">What it changes.</param>
internal sealed record IndexedEntry(
    long Index, Entry Entry, bool IsPublic, BlobLocation Location, IReadOnlyList<BlobLocation> Attachments, IndexChanges Changes);
