using Aixv.Track.Blobs;

namespace Aixv.Track.Storage;

/// <summary>Where an entry's frame and its attachments lie.</summary>
internal sealed record StoredPlaces(BlobLocation Frame, BlobLocation[] Attachments)
{
    /// <summary>Writes attachments and frames in one go: each entry's attachments stand just before it.</summary>
    public static async ValueTask<Dictionary<PendingEntry, StoredPlaces>> WriteAsync(
        IBlobStore blobs, IReadOnlyList<PendingEntry> entries, CancellationToken cancellationToken)
    {
        var content = new List<Blob>(entries.Count);
        foreach (var entry in entries)
        {
            content.AddRange(entry.Attachments.Select(a => new Blob(BlobKind.Attachment, a)));
            content.Add(new Blob(BlobKind.Entry, entry.FrameBytes));
        }

        var places = await blobs.WriteAsync(content, cancellationToken);
        var stored = new Dictionary<PendingEntry, StoredPlaces>(entries.Count);
        var next = 0;
        foreach (var entry in entries)
        {
            var count = entry.Attachments.Count;
            stored[entry] = new StoredPlaces(places[next + count], places[next..(next + count)]);
            next += count + 1;
        }

        return stored;
    }
}
