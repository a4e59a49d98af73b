using Aixv.Transparency.Checkpoints;

namespace Aixv.Transparency.Writing;

/// <summary>A log as it was found.</summary>
/// <param name="Note">The last durable checkpoint.</param>
/// <param name="Journals">The journals that it was read from; superseded once a new one is made.</param>
internal sealed record RecoveredLog(SignedNote Note, TileWriter Writer, IReadOnlyList<ulong> Journals);
