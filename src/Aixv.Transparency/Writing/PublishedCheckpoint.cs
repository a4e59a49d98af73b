using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Writing;

/// <summary>A published checkpoint, signed and read.</summary>
internal sealed record PublishedCheckpoint(SignedNote Note, Checkpoint Checkpoint);
