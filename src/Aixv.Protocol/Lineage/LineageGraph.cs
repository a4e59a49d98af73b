using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>
/// Where artifacts come from and where they went: nodes by number, edges from child to parent, in both directions. Immutable and
/// safe for concurrent reading. Made by <see cref="LineageGraphBuilder"/>.
/// </summary>
public sealed class LineageGraph
{
    internal LineageGraph(NodeTable nodes, EdgeTable parents, EdgeTable children, LabelTable labels, SourceTable sources, FactTable facts) =>
        (Nodes, ParentEdges, ChildEdges, Labels, Sources, Facts) = (nodes, parents, children, labels, sources, facts);

    public int NodeCount => Nodes.Count;

    public int EdgeCount => ParentEdges.Targets.Length;

    public int SourceCount => Sources.Rows.Length;

    /// <summary>The bytes of all arrays that stand for edges and nodes; texts and sources are not counted.</summary>
    public long TopologyBytes => (16L * EdgeCount) + (8L * (NodeCount + 1)) + Nodes.Keys.LongLength + Nodes.Flags.LongLength
        + (4L * Nodes.Order.LongLength) + (4L * Nodes.Buckets.LongLength);

    internal NodeTable Nodes { get; }

    internal EdgeTable ParentEdges { get; }

    internal EdgeTable ChildEdges { get; }

    internal LabelTable Labels { get; }

    internal SourceTable Sources { get; }

    internal FactTable Facts { get; }

    /// <summary>The number of an artifact; -1 when no record names it.</summary>
    public int Find(Digest digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        var node = Nodes.Find(digest.ToBytes());
        return node >= 0 && IsDescribed(node) ? -1 : node;
    }

    /// <summary>The number of a node that only has a URI, or only a name; -1 when there is none.</summary>
    public int FindDescribed(string? uri, string? name)
    {
        var node = Nodes.Find(DescribedKey.Of(uri, name));
        return node >= 0 && IsDescribed(node) ? node : -1;
    }

    /// <summary>What is known of a node.</summary>
    public LineageNode Node(int node)
    {
        var (uri, name) = Labels.Find(node);
        return new LineageNode(DigestOf(node), Sources.Texts.Find(uri), Sources.Texts.Find(name), IsSubject(node));
    }

    /// <summary>The node's digest, or null when it is only described.</summary>
    public Digest? DigestOf(int node) => IsDescribed(node) ? null : Digest.FromBytes(Nodes.Key(node));

    /// <summary>The 32 bytes of the node's digest, without making one; empty when it is only described.</summary>
    public ReadOnlySpan<byte> DigestBytesOf(int node) => IsDescribed(node) ? default : Nodes.Key(node);

    /// <summary>The nodes that <paramref name="node"/> comes from, once for each record that says so.</summary>
    public ReadOnlySpan<int> Parents(int node) => ParentEdges.TargetsOf(node);

    /// <summary>The nodes that come from <paramref name="node"/>, once for each record that says so.</summary>
    public ReadOnlySpan<int> Children(int node) => ChildEdges.TargetsOf(node);

    /// <summary>What is said of the edge to <see cref="Parents"/> at the same place.</summary>
    public EdgeClaim ParentClaim(int node, int place) => new(ParentEdges.ClaimsOf(node)[place]);

    /// <summary>What is said of the edge from <see cref="Children"/> at the same place.</summary>
    public EdgeClaim ChildClaim(int node, int place) => new(ChildEdges.ClaimsOf(node)[place]);

    /// <summary>The record that a claim comes from.</summary>
    public LineageSource Source(EdgeClaim claim) => Sources.Read(claim.Source);

    /// <summary>The record of this number.</summary>
    public LineageSource Source(int number) => Sources.Read(number);

    /// <summary>The files of the attestations whose predicate is of this type.</summary>
    public IReadOnlyList<string> AttestationsOf(string predicateType) => Sources.PathsOf(predicateType, "attestations/");

    /// <summary>The numbers of the records that have <paramref name="node"/> as a subject.</summary>
    public IReadOnlyList<int> SourcesOf(int node)
    {
        var pairs = Facts.Subjects;
        var (low, high) = (0, pairs.Length / 2);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = pairs[2 * middle] < node ? (middle + 1, high) : (low, middle);
        }

        var sources = new List<int>();
        for (var i = 2 * low; i < pairs.Length && pairs[i] == node; i += 2)
        {
            sources.Add(pairs[i + 1]);
        }

        return sources;
    }

    public bool IsDescribed(int node) => (Nodes.Flags[node] & NodeFlags.Described) != 0;

    /// <summary>Whether some record has the node as its subject.</summary>
    public bool IsSubject(int node) => (Nodes.Flags[node] & NodeFlags.Subject) != 0;

    /// <summary>The tier of an edge: attested only when both ends have digests and the record's signature is verified.</summary>
    public EvidenceTier TierOf(int child, int parent, EdgeClaim claim) =>
        IsDescribed(parent) || IsDescribed(child) ? EvidenceTier.Described
        : Sources.Rows[claim.Source].Status == SourceStatus.Verified ? EvidenceTier.Attested
        : EvidenceTier.Identified;
}
