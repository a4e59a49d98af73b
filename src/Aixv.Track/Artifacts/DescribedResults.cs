using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Track.Graphs;
using Aixv.Track.Importing;
using Aixv.Track.Indexing;
using Aixv.Track.Tenants;

namespace Aixv.Track.Artifacts;

/// <summary>Described nodes among the results of a search: by key, digest, or the beginning of any word of their name.</summary>
internal static class DescribedResults
{
    public static async ValueTask<IReadOnlyList<JsonObject>> FindAsync(TenantView view, string q, int limit, CancellationToken cancellationToken)
    {
        var found = new List<Described>();
        if (KeyOf(q) is { } key && (await view.DescribeAsync([key], cancellationToken)).TryGetValue(key, out var exact))
        {
            found.AddRange(exact);
        }

        if (!Digest.TryParse(q, out _))
        {
            found.AddRange(await view.SearchDescribedAsync(q, limit + 1, cancellationToken));
        }

        // What is described may be proven meanwhile: the digest is what joins the two.
        var nodes = found.DistinctBy(d => d.Node.Key).ToList();
        var keys = nodes.Select(d => d.Node.Digest is { } digest ? NodeKey.Of(digest) : d.Node.Key).ToList();
        var known = await new NodeLabels().ReadAsync(view, keys, cancellationToken);
        return [.. nodes.Select((node, i) => Describe(node, known.Labels[i].TierOf(keys[i])))];
    }

    private static NodeKey? KeyOf(string q) => q.Length <= 512 && NodeKey.Parse(q) is { Id: null } key ? key : null;

    private static JsonObject Describe(Described described, string tier) => new()
    {
        ["type"] = SearchRoutes.Described,
        ["id"] = described.Node.Key.Text,
        ["name"] = described.Node.Name,
        ["kind"] = described.Node.Kind,
        ["digest"] = described.Node.Digest?.ToString(),
        ["tier"] = tier,
        ["source"] = described.Source,
        ["properties"] = JsonNode.Parse(described.Node.Properties),
        ["page"] = Addresses.Of(described.Node.Digest is { } digest ? NodeKey.Of(digest) : described.Node.Key),
    };
}
