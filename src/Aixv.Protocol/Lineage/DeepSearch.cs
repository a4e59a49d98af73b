using Aixv.Protocol.Predicates;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Protocol.Lineage;

/// <summary>The nodes of a deep verification while they are found and judged.</summary>
internal sealed class DeepSearch(LineageGraph graph, AncestorRules rules, RecordReader reader)
{
    private sealed record Found(LineageNode Node, int Depth)
    {
        internal List<RecordReader.Outcome> Outcomes { get; } = [];

        internal List<int> Parents { get; } = [];

        internal ProofStanding Standing { get; set; }

        internal string Detail { get; set; } = "";

        internal IReadOnlyList<string> Advisories { get; set; } = [];
    }

    private readonly List<Found> nodes = [];
    private readonly Dictionary<(Digest?, string?, string?), int> places = [];

    internal int Count => nodes.Count;

    internal void Start(LineageNode node) => Place(node, 0);

    private int Place(LineageNode node, int depth)
    {
        var key = node.Digest is null ? (null, node.Uri, node.Uri is null ? node.Name : null) : (node.Digest, (string?)null, (string?)null);
        if (!places.TryGetValue(key, out var place))
        {
            if (nodes.Count == DeepVerifier.MaximumNodes)
            {
                throw new InvalidOperationException($"more than {DeepVerifier.MaximumNodes} ancestors; give a smaller depth");
            }

            place = nodes.Count;
            places.Add(key, place);
            nodes.Add(new Found(node, depth));
        }

        return place;
    }

    /// <summary>Reads and judges one node, and finds its parents.</summary>
    internal void Visit(int place)
    {
        var found = nodes[place];
        if (found.Node.Digest is not { } digest)
        {
            (found.Standing, found.Detail) = (ProofStanding.Described, "only a URI or a name is known: a digest would identify it");
            return;
        }

        found.Advisories = rules.Recalls(digest);
        if (found.Depth > rules.MaximumDepth)
        {
            (found.Standing, found.Detail) = (ProofStanding.BeyondDepth, $"deeper than {rules.MaximumDepth}: not looked at");
            return;
        }

        found.Outcomes.AddRange(ReadRecords(digest));
        (found.Standing, found.Detail) = Judge(found.Outcomes.FindAll(outcome => Vouching.Vouches(outcome.Source.PredicateType)));
        var trusted = found.Outcomes.Where(IsTrusted).ToList();
        foreach (var parent in Parents(digest, trusted.Count > 0 ? trusted : found.Outcomes))
        {
            var at = Place(parent, found.Depth + 1);
            if (!found.Parents.Contains(at))
            {
                found.Parents.Add(at);
            }
        }
    }

    private IEnumerable<RecordReader.Outcome> ReadRecords(Digest digest) => graph.Find(digest) is >= 0 and var node
        ? graph.SourcesOf(node).Select(graph.Source).Select(s => s.Path).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(reader.Read)
        : [];

    private bool IsTrusted(RecordReader.Outcome outcome) =>
        outcome.Source is { Status: SourceStatus.Verified, Signer: { } signer } && rules.Refuse(signer, outcome.Source.LogEntry?.IntegratedTime) is null;

    private (ProofStanding Standing, string Detail) Judge(List<RecordReader.Outcome> outcomes)
    {
        if (outcomes.Count == 0)
        {
            return (ProofStanding.Missing, "no record says where it comes from: ask its publisher for an attestation");
        }

        if (outcomes.Find(IsTrusted) is { } trusted)
        {
            return (ProofStanding.Attested, $"signed by {trusted.Source.Signer!.Subject}");
        }

        if (outcomes.Find(o => o.Source is { Status: SourceStatus.Verified }) is { } stranger)
        {
            return (ProofStanding.Untrusted, $"{stranger.Source.Path}: {rules.Refuse(stranger.Source.Signer!, stranger.Source.LogEntry?.IntegratedTime)}");
        }

        return outcomes.Find(o => o.Source.Status is SourceStatus.Refused or SourceStatus.Unreadable) is { } refused
            ? (ProofStanding.Refused, $"{refused.Source.Path}: {refused.Source.Problem}")
            : (ProofStanding.WithoutSignature, $"{outcomes[0].Source.Path} is not signed");
    }

    private static IEnumerable<LineageNode> Parents(Digest digest, IEnumerable<RecordReader.Outcome> outcomes)
    {
        var key = digest.ToBytes();
        bool IsSelf(NodeReference node) => node.Sha256 is not null && node.Sha256.AsSpan().SequenceEqual(key);
        foreach (var facts in outcomes.Select(o => o.Facts).OfType<RecordFacts>())
        {
            var own = facts.Subjects.Exists(IsSelf) ? facts.Parents.Where(p => !IsSelf(p.Parent) || p.Kind is EdgeKind.DerivedFrom or EdgeKind.PackagedFrom) : [];
            foreach (var parent in own.Select(p => p.Parent).Concat(facts.Others.Where(o => IsSelf(o.Child)).Select(o => o.Parent)))
            {
                yield return new LineageNode(parent.Sha256 is null ? null : Digest.FromBytes(parent.Sha256), parent.Uri, parent.Name, false);
            }
        }
    }

    /// <summary>What shows only when all nodes are there: cycles, contradictions and recalls.</summary>
    internal DeepProof Finish()
    {
        var cycles = LineageCycles.Find(AsGraph());
        foreach (var place in cycles.SelectMany(c => c))
        {
            (nodes[place].Standing, nodes[place].Detail) = (ProofStanding.Cyclic, "its lineage leads back to itself");
        }

        var contradictions = new List<LineageContradiction>();
        foreach (var found in nodes.Where(n => n.Node.Digest is not null && n.Depth <= rules.MaximumDepth))
        {
            Contradict(found, contradictions);
            if (found.Advisories.Count > 0)
            {
                (found.Standing, found.Detail) = (ProofStanding.Recalled, $"recalled: {string.Join(", ", found.Advisories)}");
            }
        }

        foreach (var found in nodes.Where(n => n.Depth > rules.MaximumDepth && n.Advisories.Count > 0))
        {
            (found.Standing, found.Detail) = (ProofStanding.Recalled, $"recalled: {string.Join(", ", found.Advisories)}");
        }

        return new DeepProof(
            [.. nodes.Select(n => new ProofNode(Describe(n), n.Depth, n.Standing, n.Detail, [.. n.Outcomes.Select(o => o.Source)], n.Parents, n.Advisories))],
            cycles,
            contradictions);
    }

    private void Contradict(Found found, List<LineageContradiction> contradictions)
    {
        var own = graph.Find(found.Node.Digest!) is >= 0 and var node ? LineageContradictions.Find(graph, node) : [];
        contradictions.AddRange(own);
        var trusted = found.Outcomes.Where(IsTrusted).Select(o => o.Source.Path).ToHashSet(StringComparer.Ordinal);
        if (found.Standing == ProofStanding.Attested && own.FirstOrDefault(c => trusted.Contains(c.First.Path) && trusted.Contains(c.Second.Path)) is { } fatal)
        {
            (found.Standing, found.Detail) = (
                ProofStanding.Contradicted,
                $"{fatal.First.Path} by {fatal.First.Signer?.Subject} and {fatal.Second.Path} by {fatal.Second.Signer?.Subject} name different parents");
        }
    }

    private LineageNode Describe(Found found) =>
        found.Node.Digest is { } digest && graph.Find(digest) is >= 0 and var node ? graph.Node(node) : found.Node;

    private LineageGraph AsGraph()
    {
        var builder = new LineageGraphBuilder(nodes.Count, nodes.Count);
        var source = builder.Source(new LineageSource("", SourceStatus.Unchecked, ""));
        foreach (var found in nodes)
        {
            _ = found.Node.Digest is { } digest ? builder.Node(digest) : builder.DescribedNode(found.Node.Uri, found.Node.Name);
        }

        for (var place = 0; place < nodes.Count; place++)
        {
            foreach (var parent in nodes[place].Parents)
            {
                builder.AddEdge(place, parent, EdgeKind.DerivedFrom, EdgeRelation.Unspecified, source);
            }
        }

        return builder.Build();
    }
}
