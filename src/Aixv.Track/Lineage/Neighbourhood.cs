using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Sigstore.Json;
using Aixv.Track.Artifacts;
using Aixv.Track.Attestations;
using Aixv.Track.Indexing;
using Aixv.Track.Log;

namespace Aixv.Track.Lineage;

/// <summary>The part of the graph around an artifact as the protocol's own graph, with who says what: for the protocol's rules and for exports. What was imported is no part of it.</summary>
internal static class Neighbourhood
{
    private const int MaximumSources = 5000;

    /// <param name="artifact">The artifact.</param>
    /// <param name="down">How many edges towards descendants.</param>
    /// <param name="maximumNodes">The most nodes each way; nearest first.</param>
    public static async ValueTask<LineageGraph> BuildAsync(ArtifactFinding artifact, int down, int maximumNodes, CancellationToken cancellationToken)
    {
        var graph = artifact.Graph.WithoutDescribed();
        var start = graph.Find(NodeKey.Of(artifact.Digest));
        var builder = new LineageGraphBuilder();
        builder.Node(artifact.Digest, null, artifact.Name);
        var nodes = new HashSet<int>();
        if (start >= 0)
        {
            nodes.Add(start);
            nodes.UnionWith(graph.Walk(start, up: true, int.MaxValue).Take(maximumNodes).Select(r => r.Node));
            nodes.UnionWith(graph.Walk(start, up: false, down).Take(maximumNodes).Select(r => r.Node));
        }

        var edges = nodes.SelectMany(node => graph.EdgesOf(node, up: true)).Where(edge => nodes.Contains(graph.ParentOf(edge))).Order().ToList();
        var sources = new Dictionary<long, int>();
        foreach (var index in edges.Select(graph.IndexOf).Concat(artifact.Attestations.Select(a => a.Stored.Index)).Distinct().Take(MaximumSources))
        {
            if (await artifact.View.ReadEntriesAsync(index, 1, cancellationToken) is [var entry] && entry.Index == index)
            {
                sources[index] = Add(builder, entry.Entry);
            }
        }

        foreach (var edge in edges.Where(edge => sources.ContainsKey(graph.IndexOf(edge))))
        {
            var words = graph.EdgeOf(edge);
            var (kind, relation) = EdgeWords.ToProtocol(words.Relation);
            builder.AddEdge(NodeOf(builder, words.Source), NodeOf(builder, words.Target), kind, relation, sources[graph.IndexOf(edge)]);
        }

        return builder.Build();
    }

    private static int Add(LineageGraphBuilder builder, Entry entry)
    {
        if (entry.Kind != AttestationPublished.KindName)
        {
            return builder.Source(new LineageSource($"records/{entry.Id}", SourceStatus.WithoutBundle, entry.Kind));
        }

        var attestation = IndexedAttestation.Read(entry.Content);
        var source = builder.Source(new LineageSource(
            $"attestations/{attestation.Id}.json",
            SourceStatus.Verified,
            attestation.PredicateType ?? "",
            new LineageSigner(attestation.Signer, attestation.Issuer),
            LogEntryOf(attestation)));
        foreach (var subject in attestation.Subjects)
        {
            builder.AddSubject(builder.Node(subject.Digest!, subject.Uri, subject.Name), source);
        }

        return source;
    }

    private static LineageLogEntry? LogEntryOf(IndexedAttestation attestation) => attestation.Signature["log_entries"] is not JsonArray { Count: > 0 } list ? null : new LineageLogEntry(
        list[0]!["log"]!.GetValue<string>(),
        list[0]!["index"]!.GetValue<long>(),
        attestation.Signature["integrated_time"] is { } time && Rfc3339.TryParse(time.GetValue<string>(), out var read) ? read : null);

    private static int NodeOf(LineageGraphBuilder builder, NodeKey key) => key switch
    {
        { Digest: { } digest } => builder.Node(digest),
        { Id: { } id } => builder.DescribedNode($"urn:uuid:{id}", null),
        _ when key.Text.Contains(':', StringComparison.Ordinal) && !key.Text.StartsWith("name:", StringComparison.Ordinal) => builder.DescribedNode(key.Text, null),
        _ => builder.DescribedNode(null, key.Text),
    };
}
