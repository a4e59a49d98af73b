namespace Aixv.Track.Client.Answers;

/// <summary>What became of a batch of described nodes.</summary>
/// <param name="LogIndex">Its place in the registry's log.</param>
/// <param name="Existing">Whether it was there already.</param>
public sealed record Imported(int Nodes, long LogIndex, bool Existing);
