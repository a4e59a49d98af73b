using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Log;

/// <summary>The entry is durable, in the log, covered by a published checkpoint, and indexed.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Frame">With its leaf, and the salt that opens it.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="LeafHash">The hash of the frame's leaf.</param>
/// <param name="Checkpoint">The first checkpoint that covers it.</param>
/// <param name="Proof">That it is in <paramref name="Checkpoint"/>'s tree.</param>
internal sealed record Written(
    Entry Entry, EntryFrame Frame, long Index, MerkleHash LeafHash, SignedNote Checkpoint, InclusionProof Proof) : WriteOutcome
{
    public override string Word => "written";
}
