namespace Aixv.Track.Client.Answers;

/// <summary>What is around a record.</summary>
public sealed record RecordLineage(string Id, IReadOnlyList<LineageNode> Nodes, IReadOnlyList<LineageEdge> Edges, bool Truncated);
