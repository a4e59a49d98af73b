using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary><c>/nodes?id=</c>: something without a digest, as others describe it.</summary>
internal static class NodePage
{
    public static Page Of(JsonObject graph, string address)
    {
        var root = GraphContent.Root(graph);
        var (name, kind, tier) = (Facts.NameOf(root), Facts.Text(root["kind"])!, Facts.Text(root["tier"])!);
        var html = new Html();
        html.Add($"<h1><bdi>{name}</bdi></h1>\n<p class=\"lead\">{kind}, {Facts.Tier(tier)}</p>\n");
        GraphContent.AddRecall(html, graph);
        html.Add($"<dl class=\"facts\">\n");
        Facts.Fact(html, "id", Facts.Of(Facts.Text(root["id"])));
        Facts.Fact(html, "signer", Facts.Signer(root["signer"]));
        if (tier == "described")
        {
            Facts.Fact(html, "to lift the tier", Facts.Of("Nobody has said which bytes this is: a digest makes it identified, a signed statement about the digest attested."));
        }

        foreach (var (property, value) in root["properties"]!.AsObject())
        {
            Facts.Fact(html, Html.Visible(property), Facts.Of(Facts.Text(value)));
        }

        html.Add($"</dl>\n");
        GraphContent.Add(html, graph);
        return new Page
        {
            Title = name,
            Description = $"{name}: {kind}, {tier}. Provenance as far as it is known here.",
            Address = address,
            Content = html,
            Data = new JsonObject { ["page"] = "node", ["version"] = 1, ["graph"] = graph },
            Linked = new JsonObject { ["@context"] = "https://schema.org", ["@type"] = kind == "dataset" ? "Dataset" : "CreativeWork", ["name"] = name, ["identifier"] = Facts.Text(root["id"]) },
        };
    }
}
