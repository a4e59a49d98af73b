namespace Aixv.Track.Indexing;

/// <summary>Who has a unique key.</summary>
/// <param name="Index">The log index of the entry that took it.</param>
/// <param name="Fingerprint">What it came with.</param>
internal sealed record KeyOwner(long Index, byte[] Fingerprint);
