using Aixv.Transparency.Checkpoints;
using Aixv.Transparency.Merkle;

namespace Aixv.Track.Log;

/// <summary>The entry is durable, in the log, covered by a published checkpoint, and indexed.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Frame">With the salt that opens its leaf.</param>
/// <param name="Index">Its place in the log.</param>
/// <param name="Leaf">The bytes in the log.</param>
/// <param name="LeafHash">The hash of <paramref name="Leaf"/>.</param>
/// <param name="Checkpoint">The first checkpoint that covers it.</param>
/// <param name="Proof">That it is in <paramref name="Checkpoint"/>'s tree.</param>
internal sealed record Written(
    Entry Entry, EntryFrame Frame, long Index, ReadOnlyMemory<byte> Leaf, MerkleHash LeafHash, SignedNote Checkpoint, InclusionProof Proof)
    : WriteOutcome;
