namespace Aixv.Protocol.Lineage;

/// <summary>Finds artifacts whose records by different signers name different parents.</summary>
/// <remarks>
/// A later record of the same signer is a revision, not a contradiction. A parent that is only described may be any of those that
/// the other record identifies, so two records contradict each other only when one names more parents that the other lacks
/// than the other has described ones. "From scratch" contradicts any parent model. Inputs of a build of which nobody says more are
/// not compared: who built an artifact and who trained it name different things.
/// </remarks>
public static class LineageContradictions
{
    private static readonly EdgeKind[] Compared = [EdgeKind.DerivedFrom, EdgeKind.PackagedFrom];

    /// <summary>The contradictions about every artifact.</summary>
    public static IReadOnlyList<LineageContradiction> Find(LineageGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var subjects = graph.Facts.Subjects;
        var found = new List<LineageContradiction>();
        for (var i = 0; i < subjects.Length; i += 2)
        {
            if ((i == 0 || subjects[i - 2] != subjects[i]) && i + 2 < subjects.Length && subjects[i + 2] == subjects[i])
            {
                found.AddRange(Find(graph, subjects[i]));
            }
        }

        return found;
    }

    /// <summary>The contradictions about one artifact.</summary>
    public static IReadOnlyList<LineageContradiction> Find(LineageGraph graph, int node)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var found = new List<LineageContradiction>();
        int[] sources = [.. graph.SourcesOf(node)];
        foreach (var kind in Compared)
        {
            List<(int Source, HashSet<int> Parents)> statements =
                [.. sources.Select(s => (Source: s, Parents: Parents(graph, node, kind, s))).Where(s => s.Parents.Count > 0 || SaysNone(graph, kind, s.Source))];
            for (var i = 0; i < statements.Count; i++)
            {
                for (var j = i + 1; j < statements.Count; j++)
                {
                    if (Compare(graph, node, kind, statements[i], statements[j]) is { } contradiction)
                    {
                        found.Add(contradiction);
                    }
                }
            }
        }

        return found;
    }

    private static LineageContradiction? Compare(
        LineageGraph graph, int node, EdgeKind kind, (int Source, HashSet<int> Parents) a, (int Source, HashSet<int> Parents) b)
    {
        var (first, second) = (graph.Source(a.Source), graph.Source(b.Source));
        if (first.Signer == second.Signer && first.Signer is not null)
        {
            return null;
        }

        int[] onlyFirst = [.. a.Parents.Except(b.Parents).Where(p => !graph.IsDescribed(p))];
        int[] onlySecond = [.. b.Parents.Except(a.Parents).Where(p => !graph.IsDescribed(p))];
        var scratch = a.Parents.Count == 0 || b.Parents.Count == 0;
        return scratch || onlyFirst.Length > b.Parents.Count(graph.IsDescribed) || onlySecond.Length > a.Parents.Count(graph.IsDescribed)
            ? a.Parents.SetEquals(b.Parents) ? null : new LineageContradiction(
                graph.Node(node), kind, first, second,
                [.. (scratch ? a.Parents : [.. onlyFirst]).Select(graph.Node)],
                [.. (scratch ? b.Parents : [.. onlySecond]).Select(graph.Node)],
                first.Status == SourceStatus.Verified && second.Status == SourceStatus.Verified)
            : null;
    }

    private static bool SaysNone(LineageGraph graph, EdgeKind kind, int source) =>
        kind == EdgeKind.DerivedFrom && (graph.Sources.Rows[source].Flags & SourceFlags.FromScratch) != 0;

    private static HashSet<int> Parents(LineageGraph graph, int node, EdgeKind kind, int source)
    {
        var parents = new HashSet<int>();
        var targets = graph.Parents(node);
        for (var i = 0; i < targets.Length; i++)
        {
            if (graph.ParentClaim(node, i) is { Relation: not (EdgeRelation.Tokenizer or EdgeRelation.Input) } claim && claim.Kind == kind && claim.Source == source)
            {
                parents.Add(targets[i]);
            }
        }

        return parents;
    }
}
