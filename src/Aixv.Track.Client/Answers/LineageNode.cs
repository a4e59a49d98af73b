namespace Aixv.Track.Client.Answers;

/// <summary>A node around a record.</summary>
public sealed record LineageNode(string Id, string Type, string? Name, string? Version, string? Status);
