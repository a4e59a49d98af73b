namespace Aixv.Track.Client.Answers;

/// <summary>Where an entry is in the registry's log.</summary>
public sealed record LogPlace(string LogId, long LeafIndex, string LeafHash);
