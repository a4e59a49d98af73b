namespace Aixv.Export.Graphs;

/// <summary>What holds for nodes and edges in every graph format.</summary>
internal static class GraphRules
{
    /// <summary>Ids are there and unique, and edges end at nodes.</summary>
    public static IEnumerable<string> Faults(IEnumerable<string?> nodes, IEnumerable<(string? Source, string? Target)> edges)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in nodes)
        {
            if (id is null)
            {
                yield return "a node has no id";
            }
            else if (!ids.Add(id))
            {
                yield return $"the node {id} is there twice";
            }
        }

        foreach (var (source, target) in edges)
        {
            foreach (var (end, role) in new[] { (source, "source"), (target, "target") })
            {
                if (end is null || !ids.Contains(end))
                {
                    yield return $"an edge's {role} is no node: {end ?? "(none named)"}";
                }
            }
        }
    }
}
