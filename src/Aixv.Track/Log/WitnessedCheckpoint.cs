using Aixv.Track.Storage;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Track.Log;

/// <summary>The latest checkpoint that witnesses have cosigned, kept for all nodes.</summary>
internal sealed class WitnessedCheckpoint(IScratch scratch, TimeProvider time)
{
    private const string Document = "log/witnessed";
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);
    private Kept? kept;

    private sealed record Kept(ReadOnlyMemory<byte> Bytes, SignedNote? Note, DateTimeOffset Until);

    /// <summary>The checkpoint with its cosignatures, as it was at most a second ago; null when there is none.</summary>
    public async ValueTask<SignedNote?> FindAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (Volatile.Read(ref kept) is { } known && known.Until > now)
        {
            return known.Note;
        }

        // As long as it is the same it stays the same object: what is made from it can be kept.
        var bytes = await scratch.FindDocumentAsync(Document, cancellationToken) ?? default;
        var note = Volatile.Read(ref kept) is { } old && old.Bytes.Span.SequenceEqual(bytes.Span) ? old.Note
            : SignedNote.TryParse(bytes.Span, out var read, out _) ? read
            : null;
        Volatile.Write(ref kept, new Kept(bytes, note, now + Freshness));
        return note;
    }

    public async Task KeepAsync(SignedNote note, CancellationToken cancellationToken)
    {
        var bytes = note.ToBytes();
        await scratch.KeepDocumentAsync(Document, bytes, cancellationToken);
        Volatile.Write(ref kept, new Kept(bytes, note, time.GetUtcNow() + Freshness));
    }
}
