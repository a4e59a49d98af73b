using System.Text.Json.Nodes;
using Aixv.Cli.Output;
using Aixv.Protocol.Lineage;

namespace Aixv.Cli.Admitting;

/// <summary>How <c>verify --deep</c> tells a proof: the tree with its weakest link.</summary>
internal static class AncestryWords
{
    public static JsonObject ToJson(Ancestry ancestry)
    {
        var proof = ancestry.Proof;
        return new JsonObject
        {
            ["holds"] = proof.Holds,
            ["depth"] = ancestry.Depth,
            ["weakest_link"] = WeakestLink(proof),
            ["nodes"] = new JsonArray([.. proof.Nodes.Select(node => ToJson(proof, node))]),
            ["cycles"] = new JsonArray([.. proof.Cycles.Select(cycle => Names(proof, cycle))]),
            ["contradictions"] = new JsonArray([.. proof.Contradictions.Select(c => (JsonNode)Ancestry.Describe(c))]),
        };
    }

    private static JsonObject WeakestLink(DeepProof proof)
    {
        var place = proof.Nodes.Index().First(n => ReferenceEquals(n.Item, proof.WeakestLink)).Index;
        return new JsonObject
        {
            ["artifact"] = proof.WeakestLink.Node.ToString(),
            ["standing"] = Kebab.Of(proof.WeakestLink.Standing),
            ["detail"] = proof.WeakestLink.Detail,
            ["path"] = Names(proof, proof.PathTo(place)),
        };
    }

    private static JsonArray Names(DeepProof proof, IEnumerable<int> places) => new([.. places.Select(place => (JsonNode)proof.Nodes[place].Node.ToString())]);

    private static JsonObject ToJson(DeepProof proof, ProofNode node) => new()
    {
        ["digest"] = node.Node.Digest?.ToString(),
        ["uri"] = node.Node.Uri,
        ["name"] = node.Node.Name,
        ["depth"] = node.Depth,
        ["tier"] = node.Tier.ToName(),
        ["standing"] = Kebab.Of(node.Standing),
        ["detail"] = node.Detail,
        ["signers"] = new JsonArray([.. node.Records.Select(r => r.Signer?.Subject).OfType<string>().Distinct(StringComparer.Ordinal).Select(s => (JsonNode)s)]),
        ["parents"] = Names(proof, node.Parents),
        ["advisories"] = new JsonArray([.. node.Advisories.Select(a => (JsonNode)a)]),
    };

    public static void Describe(Report report, Ancestry ancestry)
    {
        var proof = ancestry.Proof;
        report.Row("ancestors", $"{proof.Nodes.Count - 1}, looked at up to depth {ancestry.Depth}");
        report.Row("weakest", $"{LineageWords.Short(proof.WeakestLink.Node)}: {proof.WeakestLink.Detail}");
        Tree(proof, 0, [], report.HasSymbols).Describe(report, "  ");
    }

    /// <summary>Each node with all that is under it once; where it comes again, only its line.</summary>
    private static TreeNode Tree(DeepProof proof, int place, HashSet<int> shown, bool symbols)
    {
        var node = proof.Nodes[place];
        var mark = node.Standing == ProofStanding.Attested ? symbols ? "✓" : "[ok]" : $"[{Kebab.Of(node.Standing)}]";
        var text = $"{mark} {LineageWords.Short(node.Node)}: {node.Detail}";
        return shown.Add(place)
            ? new TreeNode(text, [.. node.Parents.Select(parent => Tree(proof, parent, shown, symbols))])
            : new TreeNode($"{text} (see above)", []);
    }
}
