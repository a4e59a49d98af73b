using System.Collections.Immutable;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Dossiers;

/// <summary>The lineage around an artifact, read from the graph as it is asked for: only the numbers of nodes are kept.</summary>
internal sealed class GraphLineage : ILineage
{
    private readonly LineageGraph graph;
    private readonly ArtifactFacts artifact;
    private readonly IReadOnlyDictionary<string, string> splits;
    private readonly ImmutableArray<(string Id, ReachResult Reach)> recalls;
    private readonly NodeOrder order;

    /// <param name="splits">By the key of a dataset that the artifact was trained on.</param>
    public GraphLineage(
        LineageTrust trust, ArtifactFacts artifact, int depth, IEnumerable<Advisory> active, IReadOnlyDictionary<string, string> splits)
    {
        graph = trust.Graph;
        this.artifact = artifact;
        this.splits = splits;
        recalls = [.. active.Select(advisory => (advisory.Id, AdvisoryReach.Of(advisory, trust, ReachRules.Default)))];
        order = NodeOrder.Of(graph, graph.Find(artifact.Digest) is >= 0 and var start ? Around(start, depth) : []);
    }

    public int NodeCount => Math.Max(1, order.Count);

    public IEnumerable<LineageNodeFacts> Nodes => order.Count == 0
        ? [new LineageNodeFacts(artifact.Digest, artifact.Uri, artifact.Name, LineageNodeKind.Model, EvidenceTier.Identified, true, RecallsOf(artifact.Digest))]
        : order.Nodes.Select(Describe);

    public IEnumerable<LineageEdgeFacts> Edges => order.Nodes.SelectMany(EdgesOf);

    /// <summary>The node of a key; null where the lineage has none.</summary>
    public LineageNodeFacts? Find(string key) => order.Find(key) is { } node ? Describe(node) : null;

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

    /// <summary>A node's edges to its parents, one at a time; of several claims of one kind, the first of those with the most behind them.</summary>
    private IEnumerable<LineageEdgeFacts> EdgesOf(int child)
    {
        var claims = ClaimsOf(child);
        if (claims.Length == 0)
        {
            yield break;
        }

        var (key, digest) = (order.KeyOf(child), graph.DigestOf(child));
        var isArtifact = digest == artifact.Digest;
        (int Number, LineageSource Source)? last = null;
        for (var (i, next) = (0, 0); i < claims.Length; i = next)
        {
            var (parent, kind, place) = claims[i];
            var (claim, tier) = (graph.ParentClaim(child, place), graph.TierOf(child, parent, graph.ParentClaim(child, place)));
            for (next = i + 1; next < claims.Length && claims[next] is var (otherParent, otherKind, otherPlace) && (otherParent, otherKind) == (parent, kind); next++)
            {
                if (graph.ParentClaim(child, otherPlace) is var other && graph.TierOf(child, parent, other) is var otherTier && otherTier > tier)
                {
                    (claim, tier) = (other, otherTier);
                }
            }

            var source = last is { } known && known.Number == claim.Source ? known.Source : graph.Source(claim);
            last = (claim.Source, source);
            var node = graph.Node(parent);
            var parentKey = LineageNodeFacts.KeyOf(node.Digest, node.Uri, node.Name);
            yield return new LineageEdgeFacts(key, parentKey, kind, claim.Relation, tier, source, kind == EdgeKind.TrainedOn && isArtifact ? splits.GetValueOrDefault(parentKey) : null)
            {
                ChildDigest = digest,
                ParentDigest = node.Digest,
                ParentUri = node.Uri,
            };
        }
    }

    /// <summary>The claims of edges from <paramref name="child"/> to nodes of this lineage, by parent, kind and place.</summary>
    private (int Parent, EdgeKind Kind, int Place)[] ClaimsOf(int child)
    {
        var parents = graph.Parents(child);
        var claims = new List<(int Rank, EdgeKind Kind, int Place)>(parents.Length);
        for (var i = 0; i < parents.Length; i++)
        {
            if (order.RankOf(parents[i]) is >= 0 and var rank)
            {
                claims.Add((rank, graph.ParentClaim(child, i).Kind, i));
            }
        }

        claims.Sort();
        var sorted = new (int Parent, EdgeKind Kind, int Place)[claims.Count];
        for (var i = 0; i < sorted.Length; i++)
        {
            sorted[i] = (parents[claims[i].Place], claims[i].Kind, claims[i].Place);
        }

        return sorted;
    }
}
