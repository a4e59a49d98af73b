using System.Text.Json;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>A hub's metadata, one model or dataset an element, as its API lists them.</summary>
/// <param name="hub">What the addresses of the hub's repositories begin with, as <c>hf://</c>.</param>
internal sealed class HubReader(string hub) : GraphReader("hub", "huggingface")
{
    public const string DefaultHub = "hf://";
    private const string DatasetsPath = "datasets/";
    private static readonly string[] Pages = ["https://huggingface.co/", "https://hf.co/", "hf://"];

    public override IEnumerable<GraphNode> Read(ReadOnlyMemory<byte> bytes)
    {
        using var document = Parse(bytes);
        return [Read(document.RootElement)];
    }

    private GraphNode Read(JsonElement json)
    {
        var name = Text(json, "id") ?? Text(json, "modelId") ?? Text(json, "model_id") ?? Text(json, "repo_id")
            ?? throw new FormatException("there is no id or modelId");
        var isDataset = name.StartsWith(DatasetsPath, StringComparison.Ordinal)
            || Text(json, "type") == "dataset" || Text(json, "repo_type") == "dataset" || Text(json, "repoType") == "dataset";
        name = name.StartsWith(DatasetsPath, StringComparison.Ordinal) ? name[DatasetsPath.Length..] : name;
        if (!IsName(name))
        {
            throw new FormatException($"'{(name.Length <= 80 ? name : name[..80] + "…")}' is no name of a repository");
        }

        var card = Member(json, "cardData") is { ValueKind: JsonValueKind.Object } found ? found : Member(json, "card_data");
        var node = new GraphNode(isDataset ? $"{hub}{DatasetsPath}{name}" : hub + name, name, isDataset ? "dataset" : "model");
        var tags = Texts(json, "tags").ToList();
        AddFacts(node, json, card, tags);
        AddBases(node, json, card, tags);
        foreach (var dataset in Texts(json, "datasets").Concat(Texts(card, "datasets")).Concat(After(tags, "dataset:")))
        {
            LinkTo(node, isDataset ? "derived_from" : "trained_on", dataset, DatasetsPath);
        }

        HubFiles.Add(node, json);
        return node;
    }

    private static void AddFacts(GraphNode node, JsonElement json, JsonElement card, List<string> tags)
    {
        node.Say("licence", Text(json, "license") ?? Text(json, "licence") ?? FirstOf(card, "license") ?? FirstOf(card, "licence") ?? After(tags, "license:").FirstOrDefault());
        node.Say("downloads", Text(json, "downloads"));
        node.Say("likes", Text(json, "likes"));
        node.Say("last_modified", Text(json, "lastModified") ?? Text(json, "last_modified"));
        node.Say("created", Text(json, "createdAt") ?? Text(json, "created_at"));
        node.Say("author", Text(json, "author"));
        node.Say("task", Text(json, "pipeline_tag") ?? Text(card, "pipeline_tag"));
        node.Say("library", Text(json, "library_name") ?? Text(card, "library_name"));
        node.Say("revision", Text(json, "sha"));
        node.Say("gated", Text(json, "gated") is "false" ? null : Text(json, "gated"));
    }

    private static string? FirstOf(JsonElement json, string name) => Texts(json, name).FirstOrDefault();

    private static IEnumerable<string> After(List<string> tags, string start) => tags.Where(tag => tag.StartsWith(start, StringComparison.Ordinal)).Select(tag => tag[start.Length..]);

    private void AddBases(GraphNode node, JsonElement json, JsonElement card, List<string> tags)
    {
        // What the hub found out itself is in the tags, with the relation: base_model:quantized:org/name.
        var tagged = After(tags, "base_model:").Select(tag => tag.Split(':', 2)).ToList();
        var stated = Text(json, "base_model_relation") ?? Text(card, "base_model_relation") ?? tagged.Where(t => t.Length == 2).Select(t => t[0]).FirstOrDefault();
        var bases = Texts(json, "base_model").Concat(Texts(json, "base_models")).Concat(Texts(card, "base_model")).Concat(tagged.Select(t => t[^1]));
        foreach (var model in bases.Distinct())
        {
            LinkTo(node, RelationOf(tagged.Where(t => t.Length == 2 && t[1] == model).Select(t => t[0]).FirstOrDefault() ?? stated), model, "");
        }

        if (stated == "adapter")
        {
            node.Kind = "adapter";
        }

        node.Say("base_model_relation", stated);
    }

    private static string RelationOf(string? word) => word switch
    {
        "finetune" or "fine-tune" or "finetuned" => "fine_tuned_from",
        "quantized" or "quantised" => "quantized_from",
        "merge" or "merged" => "merged_from",
        "adapter" => "adapted_from",
        "distill" or "distilled" or "distil" => "distilled_from",
        _ => "derived_from",
    };

    /// <summary>A repository of this hub, or an address of something else; a path on somebody's disk names nothing.</summary>
    private void LinkTo(GraphNode node, string relation, string text, string path)
    {
        foreach (var page in Pages)
        {
            if (text.StartsWith(page, StringComparison.OrdinalIgnoreCase))
            {
                text = text[page.Length..].Split('@')[0].TrimEnd('/');
                path = text.StartsWith(DatasetsPath, StringComparison.Ordinal) ? DatasetsPath : "";
                text = text[path.Length..];
                break;
            }
        }

        if (IsName(text))
        {
            node.Link(relation, $"{hub}{path}{text}");
        }
        else if (text.Contains("://", StringComparison.Ordinal) || text.StartsWith("pkg:", StringComparison.Ordinal))
        {
            node.Link(relation, text);
        }
    }

    /// <summary>One or two words of letters, digits, points, hyphens and underscores.</summary>
    private static bool IsName(string text)
    {
        var slashes = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '/' ? i == 0 || i == text.Length - 1 || ++slashes > 1 : !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= 200 && text[0] != '.';
    }
}
