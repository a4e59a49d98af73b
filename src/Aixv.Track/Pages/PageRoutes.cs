using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Artifacts;
using Aixv.Track.Graphs;
using Aixv.Track.Hosting;
using Aixv.Track.Indexing;
using Aixv.Track.Keys;
using Aixv.Track.Lineage;
using Aixv.Track.Tenants;

namespace Aixv.Track.Pages;

/// <summary>The pages: home and search, artifacts and other nodes. Open to all, for what is public.</summary>
internal sealed class PageRoutes(ArtifactGraph graph, GraphPictures pictures, ArtifactDocument documents, Overviews overviews, PageAnswer answer)
{
    private const int Found = 50;
    private const int MaximumText = 1024;

    public void Map(ApiRoutes routes) => routes
        .Open("GET", "/", HomeAsync)
        .Open("GET", "/artifacts/{digest}", call => ArtifactAsync(call, call.Route("digest")))
        .Open("GET", "/nodes", NodeAsync);

    private async Task HomeAsync(ApiCall call)
    {
        if (First(call, "q") is { } q)
        {
            await SearchAsync(call, q);
        }
        else if (First(call, "dataset") is { } slug)
        {
            await ModelAsync(call, slug);
        }
        else
        {
            var overview = JsonNode.Parse((await overviews.ReadAsync(ViewOf(call), call.Cancelled)).Span)!.AsObject();
            await answer.SendAsync(call, HomePage.Of(overview));
        }
    }

    private async Task SearchAsync(ApiCall call, string q) =>
        await answer.SendAsync(call, SearchPage.Of(q, await SearchRoutes.FindAsync(ViewOf(call), q, Found, call.Cancelled)));

    /// <summary>A model's page by its name. Names are anybody's: where they lead to several things, all of them are shown.</summary>
    private async Task ModelAsync(ApiCall call, string slug)
    {
        switch (await NamedNodes.FindAsync(ViewOf(call), slug, call.Cancelled))
        {
            case []:
                await answer.SendAsync(call, MissingPage.Of(slug), HttpStatusCode.NotFound);
                break;
            case [{ Key.Digest: { } digest }]:
                await ArtifactAsync(call, digest.ToString());
                break;
            case [var only]:
                await NodeAsync(call, only.Key);
                break;
            case var several:
                var items = new JsonArray([.. several.Select(node => node.ToJson())]);
                await answer.SendAsync(call, SearchPage.Of(slug, new JsonObject { ["q"] = slug, ["items"] = items, ["count"] = items.Count, ["truncated"] = false }));
                break;
        }
    }

    private async Task ArtifactAsync(ApiCall call, string text)
    {
        if (!Digest.TryParse(text, out var digest) && !Digest.TryParse($"sha256:{text}", out digest))
        {
            await answer.SendAsync(call, MissingPage.Of(text), HttpStatusCode.NotFound);
            return;
        }

        await answer.SendKeptAsync(call, $"/artifacts/{digest}", () => ArtifactAsync(call, digest));
    }

    private async Task<Page?> ArtifactAsync(ApiCall call, Digest digest)
    {
        var artifact = await ArtifactFinding.OfAsync(call, graph, digest);
        if (await pictures.FindAsync(ViewOf(call), NodeKey.Of(digest), GraphPictures.DefaultUp, GraphPictures.DefaultDown, GraphPictures.DefaultLimit, call.Cancelled) is not { } picture)
        {
            await answer.SendAsync(call, MissingPage.Of(digest.ToString()), HttpStatusCode.NotFound);
            return null;
        }

        var document = await documents.BuildAsync(call, artifact);
        return ArtifactPage.Of(document, picture, Facts.Text(document["hub"]));
    }

    private async Task NodeAsync(ApiCall call)
    {
        if (First(call, "id") is not { } id || Encoding.UTF8.GetByteCount(id) > MaximumText)
        {
            await answer.SendAsync(call, MissingPage.Of(First(call, "id") is null ? "a node without id" : "a node whose id is too long"), HttpStatusCode.NotFound);
            return;
        }

        await NodeAsync(call, NodeKey.Parse(id));
    }

    private async Task NodeAsync(ApiCall call, NodeKey node)
    {
        var picture = await pictures.FindAsync(ViewOf(call), node, GraphPictures.DefaultUp, GraphPictures.DefaultDown, GraphPictures.DefaultLimit, call.Cancelled);
        if (picture is null)
        {
            await answer.SendAsync(call, MissingPage.Of(node.Text), HttpStatusCode.NotFound);
        }
        else if (node.Digest is { } digest)
        {
            await ArtifactAsync(call, digest.ToString());
        }
        else
        {
            await answer.SendAsync(call, NodePage.Of(picture, Addresses.Of(node)));
        }
    }

    /// <summary>What everybody sees; for who sends a key that may read attestations, its tenant's own too.</summary>
    private static TenantView ViewOf(ApiCall call) => call.ViewWith(Scope.AttestationsRead);

    /// <summary>What a reader typed: the first of several, shortened to what can be looked for.</summary>
    private static string? First(ApiCall call, string name) => call.Context.Request.Query[name] is [{ } text, ..] && text.Trim() is { Length: > 0 } q
        ? q.Length <= MaximumText ? q : q[..MaximumText]
        : null;
}
