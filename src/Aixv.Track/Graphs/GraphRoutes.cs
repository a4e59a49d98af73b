using System.Text;
using Aixv.Track.Attesting;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;

namespace Aixv.Track.Graphs;

/// <summary><c>/v1/graph</c>: what a page shows around a node, and more of its neighbours page by page. Open to all, for what is public.</summary>
internal sealed class GraphRoutes(GraphPictures pictures)
{
    private const int MaximumDepth = 64;
    private const int MaximumNodes = 1000;
    private const int MaximumNode = 1024;
    private const int MaximumPage = 200;

    public void Map(ApiRoutes routes) => routes
        .Open("GET", "/v1/graph", PictureAsync)
        .Open("GET", "/v1/graph/neighbours", NeighboursAsync);

    private async Task PictureAsync(ApiCall call)
    {
        var node = NodeOf(call);
        var picture = await pictures.FindAsync(
            call.ViewWith(Scope.AttestationsRead),
            node,
            call.QueryNumber("up", GraphPictures.DefaultUp, 0, MaximumDepth),
            call.QueryNumber("down", GraphPictures.DefaultDown, 0, MaximumDepth),
            call.QueryNumber("limit", GraphPictures.DefaultLimit, 1, MaximumNodes),
            call.Cancelled);
        await Listing.AnswerAsync(call, picture ?? throw Unknown(node));
    }

    private async Task NeighboursAsync(ApiCall call)
    {
        var node = NodeOf(call);
        var up = call.Query("direction") switch
        {
            "up" => true,
            "down" => false,
            _ => throw ApiError.InvalidInput("direction", "expected up or down"),
        };
        var page = await pictures.NeighboursAsync(
            call.ViewWith(Scope.AttestationsRead),
            node,
            up,
            call.Query("relation") ?? throw ApiError.InvalidInput("relation", "is missing"),
            call.Query("cursor"),
            call.QueryNumber("limit", 50, 1, MaximumPage),
            call.Cancelled);
        await Listing.AnswerAsync(call, page ?? throw Unknown(node));
    }

    /// <exception cref="ApiError">None is named, or by too long a name.</exception>
    private static NodeKey NodeOf(ApiCall call)
    {
        var text = call.Query("node") ?? throw ApiError.InvalidInput("node", "is missing: sha256:…, a UUID or a name");
        return Encoding.UTF8.GetByteCount(text) <= MaximumNode ? NodeKey.Parse(text) : throw ApiError.InvalidInput("node", $"is longer than {MaximumNode} bytes");
    }

    private static ApiError Unknown(NodeKey node) => ApiError.NotFound($"nothing is known here of {node}");
}
