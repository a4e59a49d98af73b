namespace Aixv.Track.Indexing;

/// <summary>An edge of the lineage graph: <paramref name="Source"/> is what came from <paramref name="Target"/>.</summary>
internal sealed record IndexEdge(NodeKey Source, string Relation, NodeKey Target);
