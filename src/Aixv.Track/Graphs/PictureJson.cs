using System.Text.Json.Nodes;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>Nodes and edges with all that a page shows of them, as JSON.</summary>
internal sealed class PictureJson(NodeLabels labels, StandingAdvisories advisories)
{
    /// <summary>A picture; the root is the first of its nodes.</summary>
    public async ValueTask<JsonObject> OfAsync(Picture picture, TenantView view, NodeKey root, CancellationToken cancellationToken)
    {
        var graph = picture.Graph;
        var (nodes, edges) = await OfAsync(
            view, graph, picture.Labels, [.. picture.Nodes.Select(node => (node, node < 0 ? root : graph.KeyOf(node)))], [.. picture.Edges()], (node, up) => picture.Of(node, up).Count, cancellationToken);
        nodes[0]!["primary"] = true;
        return new JsonObject
        {
            ["root"] = nodes[0]!["id"]!.DeepClone(),
            ["nodes"] = nodes,
            ["edges"] = edges,
            ["groups"] = new JsonArray([.. picture.Groups().Select(group => new JsonObject
            {
                ["of"] = graph.KeyOf(group.Node).Text,
                ["direction"] = group.Up ? "up" : "down",
                ["relation"] = group.Relation,
                ["count"] = group.Count,
                ["more"] = GroupCursor.Write(graph.Moment, group.Skip),
            })]),
            ["truncated"] = picture.IsTruncated,
            ["as_of"] = graph.Moment,
        };
    }

    /// <param name="view">Who asks.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="words">The words of its edges.</param>
    /// <param name="nodes">The nodes by number (−1 for one without edges) and key.</param>
    /// <param name="edges">The edges.</param>
    /// <param name="count">How many neighbours a node has, up or down.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<(JsonArray Nodes, JsonArray Edges)> OfAsync(
        TenantView view,
        GraphReader graph,
        EdgeLabels words,
        IReadOnlyList<(int Number, NodeKey Key)> nodes,
        IReadOnlyList<int> edges,
        Func<int, bool, int> count,
        CancellationToken cancellationToken)
    {
        var keys = nodes.Select(n => n.Key).ToList();
        var known = await labels.ReadAsync(view, keys, cancellationToken);
        var active = await advisories.ActiveAsync(view, cancellationToken);
        var recalls = Recalls.Of(graph.WithoutDescribed(), keys, [.. active.Select(a => a.Published)]);
        return (
            new JsonArray([.. nodes.Select((node, i) => Node(
                node.Key,
                known.Labels[i],
                words.Around(graph, node.Number, up: true),
                words.Around(graph, node.Number, up: false),
                (count(node.Number, true), count(node.Number, false)),
                recalls.GetValueOrDefault(node.Key)))]),
            new JsonArray([.. edges.Select(edge => Edge(graph, words, edge, known.Bundles))]));
    }

    private static JsonObject Node(NodeKey key, NodeLabel label, IReadOnlyCollection<EdgeLabel> up, IReadOnlyCollection<EdgeLabel> down, (int Parents, int Children) count, Recall? recall)
    {
        var kind = NodeKinds.Of(label.Kind, up, down);
        return new JsonObject
        {
            ["id"] = key.Text,
            ["digest"] = key.Digest?.ToString(),
            ["name"] = label.Name ?? (key.IsNamed ? NameOf(key) : null),
            ["kind"] = kind,
            ["shape"] = NodeKinds.IsProcess(kind) ? "process" : "artifact",
            ["stage"] = NodeKinds.StageOf(kind, up),
            ["tier"] = label.IsDescribed && up.Concat(down).Any(e => e.Tier != EdgeLabel.Described) ? "identified" : label.TierOf(key),
            ["recalled"] = recall is null ? null : RecallOf(recall),
            ["signer"] = label.SignerToJson(),
            ["parents"] = count.Parents,
            ["children"] = count.Children,
            ["primary"] = false,
            ["properties"] = new JsonObject((label.Properties ?? new Dictionary<string, string>()).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value))),
            ["page"] = Addresses.Of(key),
        };
    }

    private static string NameOf(NodeKey key) => key.Text.StartsWith("name:", StringComparison.Ordinal) ? key.Text["name:".Length..] : key.Text;

    private static JsonObject RecallOf(Recall recall) => new()
    {
        ["state"] = recall.IsNamed ? "recalled" : "affected",
        ["certain"] = recall.IsCertain,
        ["advisory_id"] = recall.Published.Advisory.Id,
        ["severity"] = recall.Published.Advisory.Severity.ToString().ToLowerInvariant(),
        ["path"] = new JsonArray([.. recall.Path.Select(node => (JsonNode)node.Text)]),
    };

    private static JsonObject Edge(GraphReader graph, EdgeLabels words, int edge, IReadOnlyDictionary<long, string> bundles)
    {
        var label = words.Of(graph, edge);
        return new JsonObject
        {
            ["source"] = graph.KeyOf(graph.ChildOf(edge)).Text,
            ["target"] = graph.KeyOf(graph.ParentOf(edge)).Text,
            ["relation"] = label.Relation,
            ["tier"] = label.Tier,
            ["log_index"] = graph.IndexOf(edge),
            ["attestation"] = bundles.GetValueOrDefault(graph.IndexOf(edge)),
        };
    }
}
