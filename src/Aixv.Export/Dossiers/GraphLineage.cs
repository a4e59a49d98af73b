using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>The lineage around an artifact, read from the graph as it is asked for: only numbers are kept.</summary>
internal sealed class GraphLineage : ILineage
{
    private readonly LineageGraph graph;
    private readonly ArtifactFacts artifact;
    private readonly IReadOnlyDictionary<string, string> splits;
    private readonly ImmutableArray<(string Id, ReachResult Reach)> recalls;
    private readonly int[] order;
    private readonly HashSet<int> members;

    /// <param name="splits">By the key of a dataset that the artifact was trained on.</param>
    public GraphLineage(
        LineageTrust trust, ArtifactFacts artifact, int depth, IEnumerable<Advisory> active, IReadOnlyDictionary<string, string> splits)
    {
        graph = trust.Graph;
        this.artifact = artifact;
        this.splits = splits;
        recalls = [.. active.Select(advisory => (advisory.Id, AdvisoryReach.Of(advisory, trust, ReachRules.Default)))];
        members = graph.Find(artifact.Digest) is >= 0 and var start ? Around(start, depth) : [];
        order = [.. members];
        var keys = new Dictionary<int, string>(order.Length);
        foreach (var node in order)
        {
            keys.Add(node, KeyOf(node));
        }

        Array.Sort(order, (a, b) => string.CompareOrdinal(keys[a], keys[b]));
    }

    public int NodeCount => Math.Max(1, order.Length);

    public IEnumerable<LineageNodeFacts> Nodes => order.Length == 0
        ? [new LineageNodeFacts(artifact.Digest, artifact.Uri, artifact.Name, LineageNodeKind.Model, EvidenceTier.Identified, true, RecallsOf(artifact.Digest))]
        : order.Select(Describe);

    public IEnumerable<LineageEdgeFacts> Edges => order.SelectMany(EdgesOf);

    /// <summary>Ancestors and descendants, no siblings.</summary>
    private HashSet<int> Around(int start, int depth)
    {
        var found = new HashSet<int> { start };
        Walk(found, start, depth, up: true);
        Walk(found, start, depth, up: false);
        return found;
    }

    private void Walk(HashSet<int> found, int start, int depth, bool up)
    {
        var seen = new HashSet<int> { start };
        var level = new List<int> { start };
        for (var i = 0; i < depth && level.Count > 0; i++)
        {
            var next = new List<int>();
            foreach (var node in level)
            {
                foreach (var other in up ? graph.Parents(node) : graph.Children(node))
                {
                    if (seen.Add(other))
                    {
                        found.Add(other);
                        next.Add(other);
                    }
                }
            }

            level = next;
        }
    }

    private string KeyOf(int node)
    {
        var known = graph.Node(node);
        return LineageNodeFacts.KeyOf(known.Digest, known.Uri, known.Name);
    }

    private LineageNodeFacts Describe(int node)
    {
        var known = graph.Node(node);
        var isArtifact = known.Digest == artifact.Digest;
        return new LineageNodeFacts(
            known.Digest,
            known.Uri ?? (isArtifact ? artifact.Uri : null),
            isArtifact ? artifact.Name : known.Name,
            KindOf(node),
            TierOf(node),
            isArtifact,
            known.Digest is { } digest ? RecallsOf(digest) : []);
    }

    private LineageNodeKind KindOf(int node)
    {
        for (var i = 0; i < graph.Children(node).Length; i++)
        {
            if (graph.ChildClaim(node, i).Kind is EdgeKind.TrainedOn or EdgeKind.EvaluatedWith)
            {
                return LineageNodeKind.Dataset;
            }
        }

        for (var i = 0; i < graph.Parents(node).Length; i++)
        {
            if (graph.ParentClaim(node, i).Kind == EdgeKind.DeployedAs)
            {
                return LineageNodeKind.Deployment;
            }
        }

        return LineageNodeKind.Model;
    }

    private EvidenceTier TierOf(int node)
    {
        if (graph.IsDescribed(node))
        {
            return EvidenceTier.Described;
        }

        foreach (var source in graph.SourcesOf(node))
        {
            if (graph.Source(source).Status == SourceStatus.Verified)
            {
                return EvidenceTier.Attested;
            }
        }

        return EvidenceTier.Identified;
    }

    private ImmutableArray<string> RecallsOf(Digest digest) =>
        [.. recalls.Where(recall => recall.Reach.IsAffected(digest)).Select(recall => recall.Id)];

    /// <summary>A node's edges to its parents; of several claims of one kind, the first of those with the most behind them.</summary>
    private List<LineageEdgeFacts> EdgesOf(int child)
    {
        var parents = graph.Parents(child).ToArray();
        var best = new Dictionary<(int Parent, EdgeKind Kind), (int Place, EvidenceTier Tier)>();
        for (var i = 0; i < parents.Length; i++)
        {
            var claim = graph.ParentClaim(child, i);
            var tier = graph.TierOf(child, parents[i], claim);
            if (members.Contains(parents[i]) && (!best.TryGetValue((parents[i], claim.Kind), out var known) || tier > known.Tier))
            {
                best[(parents[i], claim.Kind)] = (i, tier);
            }
        }

        var edges = new List<LineageEdgeFacts>(best.Count);
        if (best.Count > 0)
        {
            var key = KeyOf(child);
            var digest = graph.DigestOf(child);
            foreach (var ((parent, kind), (place, tier)) in best)
            {
                var claim = graph.ParentClaim(child, place);
                var known = graph.Node(parent);
                var parentKey = LineageNodeFacts.KeyOf(known.Digest, known.Uri, known.Name);
                var split = kind == EdgeKind.TrainedOn && key == artifact.Digest.ToString() ? splits.GetValueOrDefault(parentKey) : null;
                edges.Add(new LineageEdgeFacts(key, parentKey, kind, claim.Relation, tier, graph.Source(claim), split)
                {
                    ChildDigest = digest,
                    ParentDigest = known.Digest,
                    ParentUri = known.Uri,
                });
            }
        }

        edges.Sort((a, b) => string.CompareOrdinal(a.ParentKey, b.ParentKey) is not 0 and var byParent ? byParent : a.Kind.CompareTo(b.Kind));
        return edges;
    }
}
