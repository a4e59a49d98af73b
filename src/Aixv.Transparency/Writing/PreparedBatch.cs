using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Writing;

/// <summary>A batch with its place in the tree and its checkpoint, before it is written.</summary>
internal sealed record PreparedBatch(AppendBatch Batch, ulong FirstIndex, TreeExtension Tree, SignedNote Note);
