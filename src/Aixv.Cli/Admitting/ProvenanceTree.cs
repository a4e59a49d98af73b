using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Admitting;

/// <summary>A lineage as a tree: each node once, under the nearest that it was reached from.</summary>
internal sealed record ProvenanceTree(LineageNode Node, LineageStep? Step, List<ProvenanceTree> Branches)
{
    /// <summary>Ancestors, under what comes from them.</summary>
    public static ProvenanceTree Of(LineageNode root, IEnumerable<LineageEntry> ancestors) => Grow(root, ancestors, step => step.Child);

    /// <summary>Descendants, under what they come from.</summary>
    public static ProvenanceTree Down(LineageNode root, IEnumerable<LineageEntry> descendants) => Grow(root, descendants, step => step.Parent);

    private static ProvenanceTree Grow(LineageNode root, IEnumerable<LineageEntry> entries, Func<LineageStep, LineageNode> nearer)
    {
        var tree = new ProvenanceTree(root, null, []);
        var places = new Dictionary<string, ProvenanceTree>(StringComparer.Ordinal) { [root.ToString()] = tree };
        foreach (var entry in entries)
        {
            var branch = new ProvenanceTree(entry.Node, entry.Step, []);
            places.TryAdd(entry.Node.ToString(), branch);
            (places.GetValueOrDefault(nearer(entry.Step).ToString()) ?? tree).Branches.Add(branch);
        }

        return tree;
    }

    public TreeNode ToLines() => new(Step is null ? LineageWords.Short(Node) : $"{LineageWords.Short(Node)}: {LineageWords.Edge(Step)}", [.. Branches.Select(b => b.ToLines())]);

    public JsonObject ToJson() => new()
    {
        ["digest"] = Node.Digest?.ToString(),
        ["uri"] = Node.Uri,
        ["name"] = Node.Name,
        ["kind"] = Step?.Kind.ToName(),
        ["tier"] = Step?.Tier.ToName(),
        ["signer"] = Step?.Source.Signer?.Subject,
        ["parents"] = new JsonArray([.. Branches.Select(branch => branch.ToJson())]),
    };
}
