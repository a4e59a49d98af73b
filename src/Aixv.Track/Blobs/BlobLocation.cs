namespace Aixv.Track.Blobs;

/// <summary>Where a blob lies.</summary>
/// <param name="Pack">The number of the pack that holds it.</param>
/// <param name="Offset">Where its bytes begin in the pack.</param>
/// <param name="Length">How many they are.</param>
internal readonly record struct BlobLocation(long Pack, long Offset, int Length);
