using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>Collects nodes, records and edges and makes a <see cref="LineageGraph"/> of them. Not for concurrent use.</summary>
public sealed class LineageGraphBuilder
{
    private readonly NodeInterner nodes;
    private readonly TextTableBuilder texts;
    private readonly Dictionary<int, (int Uri, int Name)> labels = [];
    private readonly FactTableBuilder facts;
    private NodeFlags[] flags;
    private SourceRow[] sources = new SourceRow[16];
    private int[] children;
    private int[] parents;
    private uint[] claims;
    private int sourceCount;
    private int edgeCount;

    /// <param name="nodeCapacity">How many nodes to make room for.</param>
    /// <param name="edgeCapacity">How many edges to make room for.</param>
    public LineageGraphBuilder(int nodeCapacity = 16, int edgeCapacity = 16)
    {
        nodes = new NodeInterner(nodeCapacity);
        flags = new NodeFlags[Math.Max(16, nodeCapacity)];
        children = new int[Math.Max(16, edgeCapacity)];
        parents = new int[children.Length];
        claims = new uint[children.Length];
        facts = new FactTableBuilder();
        texts = new TextTableBuilder();
    }

    /// <summary>Goes on from a graph: its nodes and sources keep their numbers.</summary>
    public LineageGraphBuilder(LineageGraph graph)
    {
        ArgumentNullException.ThrowIfNull(graph);
        nodes = new NodeInterner(graph.Nodes);
        flags = [.. graph.Nodes.Flags, .. new NodeFlags[16]];
        texts = new TextTableBuilder(graph.Sources.Texts);
        facts = new FactTableBuilder(graph.Facts);
        sources = [.. graph.Sources.Rows, .. new SourceRow[16]];
        sourceCount = graph.SourceCount;
        edgeCount = graph.EdgeCount;
        children = new int[edgeCount + 16];
        parents = [.. graph.ParentEdges.Targets, .. new int[16]];
        claims = [.. graph.ParentEdges.Claims, .. new uint[16]];
        for (var child = 0; child < graph.NodeCount; child++)
        {
            children.AsSpan(graph.ParentEdges.Starts[child], graph.Parents(child).Length).Fill(child);
        }

        for (var i = 0; i < graph.Labels.Nodes.Length; i++)
        {
            labels[graph.Labels.Nodes[i]] = (graph.Labels.Uris[i], graph.Labels.Names[i]);
        }
    }

    public int NodeCount => nodes.Count;

    public int EdgeCount => edgeCount;

    internal FactTableBuilder Facts => facts;

    internal TextTableBuilder Texts => texts;

    /// <summary>The node of an artifact.</summary>
    public int Node(Digest digest, string? uri = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return Node(digest.ToBytes(), uri, name);
    }

    /// <summary>The node of an artifact by the 32 bytes of its digest.</summary>
    public int Node(ReadOnlySpan<byte> sha256, string? uri = null, string? name = null)
    {
        var node = Number(sha256, NodeFlags.None);
        return Label(node, uri, name);
    }

    /// <summary>The node of something that has no digest; equal URIs, or equal names without URI, are one node.</summary>
    public int DescribedNode(string? uri, string? name) => Label(Number(DescribedKey.Of(uri, name), NodeFlags.Described), uri, name);

    /// <summary>A record that edges come from.</summary>
    /// <returns>Its number, which edges refer to.</returns>
    public int Source(LineageSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Source(source, FileStamp.None, FileStamp.None, SourceFlags.None);
    }

    internal int Source(LineageSource source, FileStamp record, FileStamp bundle, SourceFlags more) => Add(new SourceRow
    {
        Record = record,
        Bundle = bundle,
        LogIndex = source.LogEntry?.Index ?? 0,
        Time = source.LogEntry?.IntegratedTime?.ToUnixTimeSeconds() ?? SourceRow.NoTime,
        Path = texts.Add(source.Path),
        PredicateType = texts.Intern(source.PredicateType),
        SignerSubject = texts.Intern(source.Signer?.Subject),
        SignerIssuer = texts.Intern(source.Signer?.Issuer),
        LogOrigin = texts.Intern(source.LogEntry?.Origin),
        Problem = texts.Intern(source.Problem),
        Status = source.Status,
        Flags = more,
    });

    internal int Source(SourceRow row, Func<int, string?> text) => Add(row with
    {
        Path = texts.Add(text(row.Path)!),
        PredicateType = texts.Intern(text(row.PredicateType)),
        SignerSubject = texts.Intern(text(row.SignerSubject)),
        SignerIssuer = texts.Intern(text(row.SignerIssuer)),
        LogOrigin = texts.Intern(text(row.LogOrigin)),
        Problem = texts.Intern(text(row.Problem)),
    });

    private int Add(SourceRow row)
    {
        if (sourceCount == EdgeClaim.MaximumSources)
        {
            throw new InvalidOperationException($"A graph has at most {EdgeClaim.MaximumSources} sources.");
        }

        if (sourceCount == sources.Length)
        {
            Array.Resize(ref sources, sources.Length * 2);
        }

        sources[sourceCount] = row;
        return sourceCount++;
    }

    /// <summary>Says that <paramref name="source"/> has <paramref name="node"/> as its subject.</summary>
    public void AddSubject(int node, int source)
    {
        flags[node] |= NodeFlags.Subject;
        facts.AddSubject(node, source);
    }

    /// <summary>Says that <paramref name="child"/> comes from <paramref name="parent"/>.</summary>
    public void AddEdge(int child, int parent, EdgeKind kind, EdgeRelation relation, int source)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)child, (uint)nodes.Count, nameof(child));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)parent, (uint)nodes.Count, nameof(parent));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)source, (uint)sourceCount, nameof(source));
        Append(child, parent, EdgeClaim.Of(kind, relation, source).Bits);
        if (kind == EdgeKind.TrainedOn)
        {
            flags[parent] |= NodeFlags.Dataset;
        }
    }

    private void Append(int child, int parent, uint claim)
    {
        if (edgeCount == children.Length)
        {
            var capacity = (int)Math.Min(Array.MaxLength, children.Length * 2L);
            Array.Resize(ref children, capacity);
            Array.Resize(ref parents, capacity);
            Array.Resize(ref claims, capacity);
        }

        children[edgeCount] = child;
        parents[edgeCount] = parent;
        claims[edgeCount++] = claim;
    }

    internal void Flag(int node, NodeFlags more) => flags[node] |= more;

    private int Number(ReadOnlySpan<byte> key, NodeFlags first)
    {
        if (key.Length != NodeTable.KeyLength)
        {
            throw new ArgumentException($"A SHA-256 digest has 32 bytes, not {key.Length}.", nameof(key));
        }

        var before = nodes.Count;
        var node = nodes.Number(key);
        if (node == before)
        {
            if (node == flags.Length)
            {
                Array.Resize(ref flags, flags.Length * 2);
            }

            flags[node] = first;
        }

        return node;
    }

    private int Label(int node, string? uri, string? name)
    {
        if (uri is not null || name is not null)
        {
            var (knownUri, knownName) = labels.GetValueOrDefault(node, (-1, -1));
            labels[node] = (knownUri >= 0 ? knownUri : texts.Intern(uri), knownName >= 0 ? knownName : texts.Intern(name));
        }

        return node;
    }

    /// <summary>The graph of all that was added. The builder can go on afterwards.</summary>
    public LineageGraph Build()
    {
        var from = children.AsSpan(0, edgeCount);
        var to = parents.AsSpan(0, edgeCount);
        var said = claims.AsSpan(0, edgeCount);
        var labelled = labels.OrderBy(l => l.Key).ToArray();
        return new LineageGraph(
            NodeTable.Create(nodes.ToKeys(), flags.AsSpan(0, nodes.Count).ToArray()),
            EdgeTable.Create(nodes.Count, from, to, said),
            EdgeTable.Create(nodes.Count, to, from, said),
            new LabelTable([.. labelled.Select(l => l.Key)], [.. labelled.Select(l => l.Value.Uri)], [.. labelled.Select(l => l.Value.Name)]),
            new SourceTable(sources.AsSpan(0, sourceCount).ToArray(), texts.Build()),
            facts.Build());
    }
}
