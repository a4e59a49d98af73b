using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary><c>/</c>: how much of what there is, which recalls hold, and what came last.</summary>
internal static class HomePage
{
    private static readonly (string Name, string Word)[] Counts =
        [("models", "models"), ("datasets", "datasets"), ("artifacts", "artifacts with a digest"), ("attestations", "attestations"), ("advisories", "advisories"), ("described", "described, without proof"), ("edges", "links of lineage")];

    public static Page Of(JsonObject overview)
    {
        var html = new Html();
        html.Add($"<h1>Who trained what, from what, and who says so</h1>\n<p class=\"lead\">Search by name, digest, signer or dataset. Every attestation was verified when it came, and can be verified again without this server.</p>\n<dl class=\"facts\">\n");
        foreach (var (name, word) in Counts)
        {
            Facts.Fact(html, word, new Html().Add($"{Facts.Number(overview["counts"]?[name])}"));
        }

        html.Add($"</dl>\n");
        AddRecalls(html, overview);
        AddRecent(html, overview);
        var counts = overview["counts"]!;
        return new Page
        {
            Title = "Provenance of AI models",
            Description = FormattableString.Invariant($"{Facts.Number(counts["models"])} models, {Facts.Number(counts["datasets"])} datasets and {Facts.Number(counts["attestations"])} attestations, each verified and open to be verified again."),
            Address = "/",
            Content = html,
            Data = new JsonObject { ["page"] = "home", ["version"] = 1, ["overview"] = overview },
            Linked = new JsonObject
            {
                ["@context"] = "https://schema.org",
                ["@type"] = "DataCatalog",
                ["name"] = "AIXV Track",
                ["description"] = "A registry of attestations of AI models and datasets.",
            },
        };
    }

    private static void AddRecalls(Html html, JsonObject overview)
    {
        if (!Facts.Each(overview["recalls"]).Any())
        {
            return;
        }

        html.Add($"<section>\n<h2>Active recalls</h2>\n<ul>\n");
        foreach (var recall in Facts.Each(overview["recalls"]))
        {
            html.Add($"<li class=\"recalled\"><strong><bdi>{Facts.Text(recall["title"])}</bdi></strong> ({Facts.Text(recall["severity"])}, <bdi>{Facts.Text(recall["advisory_id"])}</bdi>) by {Facts.Signer(recall["signer"])}, {Facts.Time(recall["time"])}: {Facts.Number(recall["affected_count"])} affected");
            var first = true;
            foreach (var affected in Facts.Each(recall["affected"]))
            {
                html.Add($"{(first ? ": " : ", ")}{Facts.Link(affected)}");
                first = false;
            }

            html.Add($"</li>\n");
        }

        html.Add($"</ul>\n</section>\n");
    }

    private static void AddRecent(Html html, JsonObject overview)
    {
        html.Add($"<section>\n<h2>New</h2>\n");
        if (!Facts.Each(overview["recent"]).Any())
        {
            html.Add($"<p>Nothing was published here yet.</p>\n</section>\n");
            return;
        }

        html.Add($"<div class=\"scroll\"><table>\n<thead><tr><th>Name</th><th>Kind</th><th>Tier</th><th>Signer</th><th>Time</th></tr></thead>\n<tbody>\n");
        foreach (var item in Facts.Each(overview["recent"]))
        {
            html.Add($"<tr><td>{Facts.Link(item)}</td><td>{Facts.Text(item["kind"])}</td><td>{Facts.Tier(Facts.Text(item["tier"]))}</td><td>{Facts.Signer(item["signer"])}</td><td>{Facts.Time(item["time"])}</td></tr>\n");
        }

        html.Add($"</tbody>\n</table></div>\n</section>\n");
    }
}
