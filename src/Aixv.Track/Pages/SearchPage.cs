using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary><c>/?q=</c>: what was found.</summary>
internal static class SearchPage
{
    public static Page Of(string query, JsonObject search)
    {
        var items = Facts.Each(search["items"]).ToList();
        var html = new Html();
        html.Add($"<h1>Search</h1>\n<p class=\"lead\">{items.Count} found for “<bdi>{query}</bdi>”{(Facts.IsTrue(search["truncated"]) ? "; there are more" : "")}.</p>\n");
        if (items.Count > 0)
        {
            html.Add($"<div class=\"scroll\"><table>\n<thead><tr><th>Name</th><th>What</th><th>Tier</th><th>Signer</th><th>Digest</th></tr></thead>\n<tbody>\n");
            foreach (var item in items)
            {
                html.Add($"<tr><td>{Link(item)}</td><td>{Facts.Text(item["type"])?.Replace('_', ' ')}</td><td>{(Facts.Text(item["tier"]) is { } tier ? Facts.Tier(tier) : new Html())}</td><td>{Facts.Signer(item["signer"])}</td><td>{Digest(item)}</td></tr>\n");
            }

            html.Add($"</tbody>\n</table></div>\n");
        }

        return new Page
        {
            Title = $"Search: {query}",
            Description = $"What is known here of “{query}”.",
            Content = html,
            Data = new JsonObject { ["page"] = "search", ["version"] = 1, ["search"] = search },
            Query = query,
        };
    }

    private static Html Link(JsonObject item)
    {
        var name = Facts.Text(item["name"]) ?? Facts.Text(item["artifacts"]?[0]?["name"]) ?? Facts.Text(item["advisory_id"]) ?? Facts.Shorten(DigestOf(item) ?? Facts.Text(item["id"]) ?? "unnamed");
        return Facts.Text(item["page"]) is { } page ? new Html().Add($"<a href=\"{page}\"><bdi>{name}</bdi></a>") : Facts.Of(name);
    }

    private static string? DigestOf(JsonObject item) => Facts.Text(item["digest"]) ?? Facts.Text(item["artifact_digest"]);

    private static Html Digest(JsonObject item) => DigestOf(item) is { } digest ? Facts.Digest(Facts.Shorten(digest)) : new Html();
}
