using Aixv.Protocol.Receipts;
using Aixv.Track.Indexing;

namespace Aixv.Track.Log;

/// <summary>The leaf of a public entry, with as much for monitors as a leaf holds.</summary>
internal static class PublicLeaf
{
    private const int ArtifactLine = 81;
    private const int FixedLines = 160;

    public static EntryLeaf Of(Entry entry, IndexChanges changes)
    {
        // Escaped, every byte of an identity has up to three; the artifacts come after the signers, of whom there are few.
        var room = EntryLeaf.MaximumBytes - FixedLines;
        var signers = changes.AnnouncedSigners.Distinct(StringComparer.Ordinal).TakeWhile(s => (room -= 8 + 3 * System.Text.Encoding.UTF8.GetByteCount(s)) >= 0).ToList();
        var artifacts = changes.AnnouncedArtifacts.Distinct().Take(Math.Max(0, room) / ArtifactLine);
        return EntryLeaf.Public(entry.Statement.Span, entry.Kind, artifacts, signers);
    }
}
