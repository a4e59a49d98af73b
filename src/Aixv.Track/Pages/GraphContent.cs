using System.Text.Json.Nodes;

namespace Aixv.Track.Pages;

/// <summary>The graph around a node as tables: what it was made of, what was made of it, and the recalls that reach it.</summary>
internal static class GraphContent
{
    public static JsonObject Root(JsonObject graph) => Facts.Each(graph["nodes"]).First();

    public static void AddRecall(Html html, JsonObject graph)
    {
        if (Root(graph)["recalled"] is not JsonObject recall)
        {
            return;
        }

        var names = Facts.Each(graph["nodes"]).ToDictionary(node => Facts.Text(node["id"])!, StringComparer.Ordinal);
        var state = Facts.Text(recall["state"]) == "recalled" ? "Recalled" : Facts.IsTrue(recall["certain"]) ? "Affected by a recall" : "Perhaps affected by a recall: not every link to it is signed";
        html.Add($"<p class=\"recalled\" role=\"alert\"><strong>{state}</strong> (<bdi>{Facts.Text(recall["advisory_id"])}</bdi>, {Facts.Text(recall["severity"])})");
        var path = recall["path"] is JsonArray list ? list.Select(Facts.Text).OfType<string>().ToList() : [];
        for (var i = 0; i < path.Count && path.Count > 1; i++)
        {
            html.Add($"{(i == 0 ? ": " : " → ")}{(names.TryGetValue(path[i], out var node) ? Facts.Link(node) : Facts.Of(Facts.Shorten(path[i])))}");
        }

        html.Add($"</p>\n");
    }

    public static void Add(Html html, JsonObject graph)
    {
        var nodes = Facts.Each(graph["nodes"]).ToDictionary(node => Facts.Text(node["id"])!, StringComparer.Ordinal);
        var root = Facts.Text(graph["root"])!;
        AddSide(html, graph, nodes, "What it was made of", "up", root, "source", "target");
        AddSide(html, graph, nodes, "What was made of it", "down", root, "target", "source");
        var near = Facts.Each(graph["edges"]).SelectMany(e => Ends(e, root)).Append(root).ToHashSet(StringComparer.Ordinal);
        var others = nodes.Where(node => !near.Contains(node.Key)).Select(node => node.Value).ToList();
        if (others.Count > 0)
        {
            html.Add($"<section>\n<h2>Further away</h2>\n<ul>\n");
            foreach (var node in others)
            {
                html.Add($"<li>{Facts.Link(node)} <small>{Facts.Text(node["kind"])}</small> {Facts.Tier(Facts.Text(node["tier"]))}{(node["recalled"] is { } recall ? new Html().Add($" <span class=\"recalled\">{Facts.Text(recall["state"])}</span>") : new Html())}</li>\n");
            }

            html.Add($"</ul>\n</section>\n");
        }
    }

    private static string[] Ends(JsonObject edge, string root)
    {
        var (source, target) = (Facts.Text(edge["source"])!, Facts.Text(edge["target"])!);
        return source == root || target == root ? [source, target] : [];
    }

    private static void AddSide(Html html, JsonObject graph, Dictionary<string, JsonObject> nodes, string title, string direction, string root, string near, string far)
    {
        var edges = Facts.Each(graph["edges"]).Where(e => Facts.Text(e[near]) == root).ToList();
        var groups = Facts.Each(graph["groups"]).Where(g => Facts.Text(g["of"]) == root && Facts.Text(g["direction"]) == direction).ToList();
        if (edges.Count + groups.Count == 0)
        {
            return;
        }

        html.Add($"<section>\n<h2>{title}</h2>\n<div class=\"scroll\"><table>\n<thead><tr><th>Name</th><th>Kind</th><th>How</th><th>Tier</th><th>Who says so</th></tr></thead>\n<tbody>\n");
        foreach (var edge in edges.Where(e => nodes.ContainsKey(Facts.Text(e[far])!)))
        {
            var node = nodes[Facts.Text(edge[far])!];
            html.Add($"<tr><td>{Facts.Link(node)}{(node["recalled"] is null ? new Html() : new Html().Add($" <span class=\"recalled\">{Facts.Text(node["recalled"]!["state"])}</span>"))}</td><td>{Facts.Text(node["kind"])}</td><td>{Facts.Text(edge["relation"])?.Replace('_', ' ')}</td><td>{Facts.Tier(Facts.Text(node["tier"]))}</td><td>{Facts.Text(edge["tier"])}</td></tr>\n");
        }

        html.Add($"</tbody>\n</table></div>\n");
        foreach (var group in groups)
        {
            html.Add($"<p>and {Facts.Number(group["count"])} more ({Facts.Text(group["relation"])?.Replace('_', ' ')})</p>\n");
        }

        html.Add($"</section>\n");
    }
}
