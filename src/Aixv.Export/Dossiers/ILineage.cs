namespace Aixv.Export.Dossiers;

/// <summary>The lineage around an artifact: ancestors and descendants. Enumerated anew at every call, so that formats can stream it.</summary>
public interface ILineage
{
    int NodeCount { get; }

    /// <summary>Every node once, the artifact among them, ordered by key.</summary>
    IEnumerable<LineageNodeFacts> Nodes { get; }

    /// <summary>Every edge between the nodes once, ordered by child, parent and kind.</summary>
    IEnumerable<LineageEdgeFacts> Edges { get; }
}
