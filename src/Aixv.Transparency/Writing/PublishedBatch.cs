using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Writing;

/// <summary>What a batch became.</summary>
internal sealed record PublishedBatch(ulong FirstIndex, SignedNote Checkpoint, TreeExtension Tree);
