namespace Aixv.Track.Client.Answers;

/// <summary>A page of models.</summary>
internal sealed record ModelList(IReadOnlyList<ModelRecord> Items, long Total);
