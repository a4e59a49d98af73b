using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Transparency.Writing;

/// <summary>An entry that is durable and covered by a published checkpoint.</summary>
public sealed class AppendedEntry
{
    private readonly PublishedBatch batch;
    private InclusionProof? proof;

    internal AppendedEntry(PublishedBatch batch, ulong index)
    {
        this.batch = batch;
        Index = index;
    }

    public ulong Index { get; }

    /// <summary>The first checkpoint that covers the entry.</summary>
    public SignedNote Checkpoint => batch.Checkpoint;

    /// <summary>That the entry is in <see cref="Checkpoint"/>'s tree. Made from memory when first asked for.</summary>
    public InclusionProof Proof => proof ??= batch.Tree.Prove(Index);
}
