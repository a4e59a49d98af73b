namespace Aixv.Track.Client.Answers;

/// <summary>An edge, read as a sentence: source relationship target.</summary>
public sealed record LineageEdge(string Source, string Target, string Relationship, string? Relation = null, string? Tier = null);
