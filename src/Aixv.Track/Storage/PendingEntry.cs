using Aixv.Track.Indexing;
using Aixv.Track.Log;
using Aixv.Track.Tenants;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Storage;

/// <summary>An entry on its way: all that can be computed before it has a place in the log.</summary>
internal sealed class PendingEntry
{
    private readonly TaskCompletionSource<WriteOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <exception cref="InvalidDataException">The kind is unknown.</exception>
    public PendingEntry(Tenant tenant, Entry entry, EntryFrame frame, IReadOnlyList<ReadOnlyMemory<byte>> attachments, IndexChanges changes)
    {
        Tenant = tenant;
        Entry = entry;
        Frame = frame;
        FrameBytes = frame.ToBytes();
        Attachments = attachments;
        Changes = changes;
        LeafHash = MerkleTree.HashLeaf(frame.Leaf.Span);
    }

    public Tenant Tenant { get; }

    public Entry Entry { get; }

    public EntryFrame Frame { get; }

    /// <summary>Whether everybody sees it: its leaf is not salted then.</summary>
    public bool IsPublic => Frame.Salt.IsEmpty;

    public byte[] FrameBytes { get; }

    /// <summary>In the order of <see cref="Entry.Attachments"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Attachments { get; }

    public IndexChanges Changes { get; }

    public MerkleHash LeafHash { get; }

    public Task<WriteOutcome> Outcome => outcome.Task;

    public void Answer(WriteOutcome result) => outcome.TrySetResult(result);

    public void Fail(Exception reason)
    {
        outcome.TrySetException(reason);
        _ = outcome.Task.Exception;
    }
}
