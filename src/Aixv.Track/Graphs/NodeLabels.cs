using System.Collections.Concurrent;
using System.Text.Json;
using Aixv.Track.Attestations;
using Aixv.Track.Attesting;
using Aixv.Track.Blobs;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>Names, kinds and signers of many nodes at once.</summary>
internal sealed class NodeLabels
{
    /// <summary>How many records of a digest are looked at, newest first.</summary>
    private const int Each = 48;

    private const int MaximumKept = 100_000;
    private readonly ConcurrentDictionary<BlobLocation, NodeSource> kept = [];

    /// <summary>The labels of these nodes, in their order, as this view may see them.</summary>
    public async ValueTask<LabelledNodes> ReadAsync(TenantView view, IReadOnlyList<NodeKey> nodes, CancellationToken cancellationToken)
    {
        var sources = new List<(string Status, NodeSource Source)>[nodes.Count];
        var asked = new List<(int Node, IndexTerm Term)>();
        for (var i = 0; i < nodes.Count; i++)
        {
            sources[i] = [];
            if (nodes[i].Digest is { } digest)
            {
                asked.Add((i, new IndexTerm("hash", digest.Hex)));
            }
            else if (nodes[i].Id is { } id && await view.FindAsync(id, cancellationToken) is { } record && NodeKinds.OfRecord(record.Type) is not null)
            {
                sources[i].Add((record.Status, NodeSource.Read(record)));
            }
        }

        var bundles = new Dictionary<long, string>();
        foreach (var found in await view.FindRowsAsync([.. asked.Select(a => a.Term)], Each, cancellationToken))
        {
            if (found.Row.Type is RecordType.Model or RecordType.Dataset or RecordType.TrainingRun or RecordType.Deployment or RecordType.Attestation)
            {
                var source = await SourceOfAsync(view, found.Row, cancellationToken);
                sources[asked[found.Term].Node].Add((found.Row.Status, source));
                if (source.Bundle is not null)
                {
                    bundles[found.Row.Index] = source.Bundle;
                }
            }
        }

        var described = await view.DescribeAsync([.. nodes.Where(n => n.Id is null)], cancellationToken);
        return new LabelledNodes([.. nodes.Select((node, i) => Combine(node, sources[i], described.GetValueOrDefault(node) is [var newest, ..] ? newest.Node : null))], bundles);
    }

    /// <summary>Whether anything is known of a node that has no edges.</summary>
    public async ValueTask<bool> IsKnownAsync(TenantView view, NodeKey node, CancellationToken cancellationToken)
    {
        var known = await ReadAsync(view, [node], cancellationToken);
        return known.Labels[0] != NodeLabel.Nothing;
    }

    private async ValueTask<NodeSource> SourceOfAsync(TenantView view, RecordRow row, CancellationToken cancellationToken)
    {
        if (!kept.TryGetValue(row.Location, out var source))
        {
            source = NodeSource.Read(await view.LoadAsync(row, cancellationToken));
            if (kept.Count >= MaximumKept)
            {
                kept.Clear();
            }

            kept[row.Location] = source;
        }

        return source;
    }

    /// <summary>A registered record says what a thing is called; a statement that stands, who signed for it; where neither does, what others describe.</summary>
    private static NodeLabel Combine(NodeKey node, List<(string Status, NodeSource Source)> sources, DescribedNode? described)
    {
        var digest = node.Digest?.ToString() ?? "";
        var signed = sources.FirstOrDefault(s => s.Source.IsSigned && s.Status is AttestationStatus.Active or RecordStatus.Attested or RecordStatus.Superseded).Source;
        return new NodeLabel
        {
            Name = sources.Select(s => s.Source.Name).FirstOrDefault(n => n is not null)
                ?? sources.Select(s => s.Source.SubjectNames.GetValueOrDefault(digest)).FirstOrDefault(n => n is not null)
                ?? described?.Name,
            Kind = sources.Select(s => s.Source.Kind).FirstOrDefault(k => k is not null) ?? described?.Kind,
            IsDescribed = described is not null && sources.Count == 0,
            Properties = described is null ? null : Properties(described.Properties),
            IsAttested = signed is not null,
            Signer = signed?.Signer,
            Issuer = signed?.Issuer,
        };
    }

    private static Dictionary<string, string> Properties(string json)
    {
        using var document = JsonDocument.Parse(json);
        var properties = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in document.RootElement.EnumerateObject())
        {
            properties[member.Name] = member.Value.GetString() ?? "";
        }

        return properties;
    }
}
