using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Reports;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Graphs;

/// <summary>Graphviz DOT: what was used stands left of what was made from it. Streamed.</summary>
internal sealed class DotExporter() : TextExporter(new("dot", "Graphviz DOT", "2", "text/vnd.graphviz", ".dot", ExportCategory.Graph))
{
    private const string Mark = "// aixv lineage";

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.WriteLine(Mark);
        writer.WriteLine("digraph lineage {");
        writer.WriteLine("  graph [rankdir=RL, charset=\"UTF-8\", fontname=\"sans-serif\", tooltip=\"lineage\", comment=" + Quoted(string.Join("; ", GraphFacts.OfGraph(dossier).Select(f => $"{f.Name}={ShownText.Of(f.Value)}"))) + "];");
        writer.WriteLine("  node [shape=box, fontname=\"sans-serif\", fontsize=11, color=\"#5c636e\"];");
        writer.WriteLine("  edge [fontname=\"sans-serif\", fontsize=9, color=\"#1b1e23\"];");
        foreach (var node in dossier.Lineage.Nodes)
        {
            WriteNode(writer, node, dossier);
        }

        foreach (var edge in dossier.Lineage.Edges)
        {
            var label = edge.Split is null ? edge.RelationName : $"{edge.RelationName} ({ShownText.Of(edge.Split, 40)})";
            var facts = string.Join("\n", GraphFacts.OfEdge(edge).Select(f => $"{f.Name}: {ShownText.Of(f.Value)}"));
            writer.WriteLine($"  {NodeIds.OfChild(edge, NodeIds.Short)} -> {NodeIds.OfParent(edge, NodeIds.Short)} [label={Quoted(label)}, tooltip={Quoted(facts)}{(edge.IsAttested ? "" : ", style=dashed")}];");
        }

        writer.WriteLine("}");
    }

    private static void WriteNode(TextWriter writer, LineageNodeFacts node, Dossier dossier)
    {
        var recalled = node.RecalledBy.IsEmpty ? "" : $"\nRECALLED {ShownText.Of(string.Join(' ', node.RecalledBy), 120)}";
        writer.Write($"  {NodeIds.Of(node, NodeIds.Short)} [label={Quoted($"{ShownText.Of(node.Label, 60)}\n{node.Tier.ToName()}{recalled}")}");
        writer.Write($", tooltip={Quoted(string.Join("\n", GraphFacts.OfNode(node, dossier).Select(f => $"{f.Name}: {ShownText.Of(f.Value, 400)}")))}");
        if (Uris.WebOrNull(node.Uri) is { } web)
        {
            writer.Write($", URL={Quoted(web)}");
        }

        if (node.Kind == LineageNodeKind.Dataset)
        {
            writer.Write(", shape=cylinder");
        }

        var style = node.Tier switch
        {
            EvidenceTier.Described => "dotted",
            EvidenceTier.Identified => "dashed",
            EvidenceTier.Attested => "bold",
        };
        writer.Write($", style=\"{style}{(node.IsArtifact ? ",filled" : "")}\"");
        if (!node.RecalledBy.IsEmpty)
        {
            writer.Write(", color=\"#a8201a\", fontcolor=\"#a8201a\", peripheries=2");
        }

        writer.WriteLine("];");
    }

    /// <summary>A quoted string. Backslashes and entities would be read as escapes.</summary>
    internal static string Quoted(string text)
    {
        var result = new StringBuilder("\"");
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\n' => result.Append("\\n"),
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                _ => result.Append(unit),
            };
        }

        return result.Append('"').ToString();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && (text.StartsWith(Mark, StringComparison.Ordinal) || DotReading.IsGraph(text));
    }

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DotReading.Faults(document.Text!);
    }
}
