using System.Text.Json.Nodes;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Graphs;

/// <summary>The graph around a node, for the API and for pages.</summary>
internal sealed class GraphPictures(ArtifactGraph graph, NodeLabels labels, StandingAdvisories advisories)
{
    public const int DefaultUp = 6;
    public const int DefaultDown = 2;
    public const int DefaultLimit = 300;
    private const int MaximumEdges = 500_000;
    private readonly PictureJson json = new(labels, advisories);

    /// <summary>The picture around a node; null where the view knows nothing of it.</summary>
    public async ValueTask<JsonObject?> FindAsync(TenantView view, NodeKey root, int up, int down, int limit, CancellationToken cancellationToken)
    {
        var reader = await graph.OpenAsync(view, cancellationToken);
        var number = reader.Find(root);
        if (number < 0 && !await labels.IsKnownAsync(view, root, cancellationToken))
        {
            return null;
        }

        return await json.OfAsync(Picture.Of(reader, number, up, down, limit), view, root, cancellationToken);
    }

    /// <summary>One node alone; null where the view knows nothing of it.</summary>
    public async ValueTask<JsonObject?> FindNodeAsync(TenantView view, NodeKey node, CancellationToken cancellationToken) =>
        await FindAsync(view, node, 0, 0, 1, cancellationToken) is { } picture ? picture["nodes"]![0]!.AsObject() : null;

    /// <summary>One page of the neighbours of a node by a relation; null where the view knows nothing of the node.</summary>
    public async ValueTask<JsonObject?> NeighboursAsync(
        TenantView view, NodeKey root, bool up, string relation, string? cursor, int limit, CancellationToken cancellationToken)
    {
        var now = await graph.OpenAsync(view, cancellationToken);
        var (moment, skip) = GroupCursor.Read(cursor, now.Moment);
        var reader = now.At(moment);
        var number = now.Find(root);
        if (number < 0 && !await labels.IsKnownAsync(view, root, cancellationToken))
        {
            return null;
        }

        var budget = MaximumEdges;
        var words = new EdgeLabels();
        var all = Neighbours.Read(reader, words, number, up, ref budget).Of(relation);
        var page = all.Skip(skip).Take(limit).ToList();
        var (nodes, edges) = await json.OfAsync(
            view, reader, words, [.. page.Select(n => (n.Node, reader.KeyOf(n.Node)))], [.. page.Select(n => n.Edge)], (node, above) => Neighbours.Read(reader, words, node, above, ref budget).Count, cancellationToken);
        return new JsonObject
        {
            ["nodes"] = nodes,
            ["edges"] = edges,
            ["next_cursor"] = skip + page.Count < all.Count ? GroupCursor.Write(reader.Moment, skip + page.Count) : null,
            ["count"] = all.Count,
        };
    }
}
