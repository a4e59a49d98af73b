using Aixv.Protocol.Advisories;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>Answers <c>explain</c>.</summary>
public static class LineageExplainer
{
    /// <param name="artifact">Which artifact.</param>
    /// <param name="trust">Whose records count.</param>
    /// <param name="rules">Where advisories flow.</param>
    /// <param name="advisories">The advisories that hold, of whatever artifacts; the caller trusts them.</param>
    /// <param name="maximumDepth">How far trace and impact go; advisories are followed as far as they flow.</param>
    public static LineageExplanation Explain(
        Digest artifact, LineageTrust trust, ReachRules rules, IEnumerable<Advisory> advisories, int maximumDepth = LineageQueries.DefaultDepth)
    {
        ArgumentNullException.ThrowIfNull(trust);
        ArgumentNullException.ThrowIfNull(advisories);
        var graph = trust.Graph;
        var queries = new LineageQueries(graph);
        var evidence = new List<ReachEvidence>();
        foreach (var advisory in advisories)
        {
            var reach = AdvisoryReach.Of(advisory, trust, rules);
            if (reach.PathTo(artifact) is { } path)
            {
                evidence.Add(new ReachEvidence(advisory, reach.IsAffected(artifact), path, RecordOf(graph, advisory.Id)));
            }
        }

        var node = graph.Find(artifact);
        return new LineageExplanation(
            queries.Trace(artifact, maximumDepth),
            queries.Impact(artifact, maximumDepth),
            [.. evidence.OrderByDescending(e => e.IsCertain).ThenByDescending(e => e.Advisory.Severity).ThenBy(e => e.Path.Count)],
            node < 0 ? [] : LineageContradictions.Find(graph, node),
            node < 0 ? [] : LineageGaps.MissingParents(graph, node, maximumDepth))
        {
            Cycles = node < 0 ? [] : [.. LineageCycles.Above(graph, node, maximumDepth).Select(cycle => (IReadOnlyList<LineageNode>)[.. cycle.Select(graph.Node)])],
        };
    }

    /// <summary>The record of an advisory: the last one that is verified, else the last one.</summary>
    private static LineageSource? RecordOf(LineageGraph graph, string id) => graph.Facts.ReadAdvisories()
        .Where(a => graph.Sources.Texts.Find(a.Id) == id)
        .Select(a => graph.Source(a.Source))
        .OrderBy(source => source.Status == SourceStatus.Verified)
        .ThenBy(source => source.LogEntry?.IntegratedTime)
        .ThenBy(source => source.Path, StringComparer.Ordinal)
        .LastOrDefault();
}
