namespace Aixv.Protocol.Lineage;

/// <summary>Finds what records speak of and no record describes.</summary>
public static class LineageGaps
{
    /// <summary>The models among the ancestors of a node that are identified, but of which no record says where they come from.</summary>
    /// <remarks>Datasets, harnesses and tokenizers are not asked for theirs: a record of a dataset is welcome, its lack is no gap.</remarks>
    public static IReadOnlyList<LineageNode> MissingParents(LineageGraph graph, int node, int maximumDepth = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var walker = new LineageWalker(graph);
        walker.Ascend([node], default(ModelEdge), maximumDepth);
        var missing = new List<LineageNode>();
        foreach (var ancestor in walker.Reached[1..])
        {
            if (!graph.IsSubject(ancestor))
            {
                missing.Add(graph.Node(ancestor));
            }
        }

        return missing;
    }

    /// <summary>Edges by which weights come down.</summary>
    private readonly struct ModelEdge : IEdgeFilter
    {
        public bool Passes(uint claim, int target) =>
            new EdgeClaim(claim) is { Kind: EdgeKind.DerivedFrom or EdgeKind.PackagedFrom or EdgeKind.DeployedAs, Relation: not (EdgeRelation.Tokenizer or EdgeRelation.Input) };
    }
}
