using System.Globalization;
using System.Text;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Reports;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Graphs;

/// <summary>A Mermaid 11 flowchart. Renderers take at most 500 edges and 50,000 characters, so a large lineage is drawn as the report draws it: with counts.</summary>
internal sealed class MermaidExporter() : TextExporter(new("mermaid", "Mermaid flowchart", "11", "text/vnd.mermaid", ".mmd", ExportCategory.Graph))
{
    private const int MaximumNodes = 120;
    private const int MaximumEdges = 200;
    private const int LabelLength = 48;

    protected override void WriteText(Dossier dossier, TextWriter writer)
    {
        writer.WriteLine("flowchart RL");
        foreach (var (name, value) in GraphFacts.OfGraph(dossier))
        {
            writer.WriteLine($"  %% {name}: {Comment(value)}");
        }

        if (dossier.Lineage.NodeCount <= MaximumNodes && dossier.Lineage.Edges.Take(MaximumEdges + 1).Count() <= MaximumEdges)
        {
            WriteAll(dossier.Lineage, writer);
        }
        else
        {
            WritePicture(LineagePicture.Of(dossier.Lineage), writer);
        }

        writer.WriteLine("  classDef attested stroke-width:3px");
        writer.WriteLine("  classDef unattested stroke-dasharray:5 4");
        writer.WriteLine("  classDef recalled stroke:#a8201a,stroke-width:4px,color:#a8201a");
        writer.WriteLine("  classDef artifact font-weight:bold");
    }

    private static void WriteAll(ILineage lineage, TextWriter writer)
    {
        foreach (var node in lineage.Nodes)
        {
            WriteNode(writer, NodeIds.Of(node, NodeIds.Short), node);
        }

        foreach (var edge in lineage.Edges)
        {
            WriteEdge(writer, NodeIds.OfChild(edge, NodeIds.Short), NodeIds.OfParent(edge, NodeIds.Short), edge.IsAttested, edge.Split is null ? edge.RelationName : $"{edge.RelationName} {edge.Split}");
        }
    }

    private static void WritePicture(LineagePicture picture, TextWriter writer)
    {
        string Id(int box) => picture.Boxes[box].Node is { } node ? NodeIds.Of(node, NodeIds.Short) : $"more{box}";
        for (var i = 0; i < picture.Boxes.Count; i++)
        {
            if (picture.Boxes[i] is { Node: { } node })
            {
                WriteNode(writer, Id(i), node);
            }
            else if (picture.Boxes[i].Hidden is { } hidden)
            {
                writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Id(i)}[[\"{hidden.Count} more: {hidden.Datasets} datasets, {hidden.Attested} attested, {hidden.Recalled} recalled\"]]:::{(hidden.Recalled > 0 ? "recalled" : "unattested")}"));
            }
        }

        foreach (var arrow in picture.Arrows)
        {
            WriteEdge(writer, Id(arrow.To), Id(arrow.From), arrow.IsAttested, arrow.Label);
        }
    }

    private static void WriteNode(TextWriter writer, string id, LineageNodeFacts node)
    {
        var (open, close) = node.Kind == LineageNodeKind.Dataset ? ("[(", ")]") : ("[", "]");
        var standing = !node.RecalledBy.IsEmpty ? "recalled" : node.Tier == EvidenceTier.Attested ? "attested" : "unattested";
        var words = node.RecalledBy.IsEmpty ? node.Tier.ToName() : $"RECALLED {ShownText.Short(string.Join(' ', node.RecalledBy), LabelLength)}";
        writer.WriteLine($"  {id}{open}\"{Quoted(ShownText.Short(node.Label, LabelLength))}<br/>{Quoted(words)}\"{close}:::{standing}");
        if (node.IsArtifact)
        {
            writer.WriteLine($"  class {id} artifact");
        }
    }

    private static void WriteEdge(TextWriter writer, string from, string to, bool isAttested, string label) =>
        writer.WriteLine($"  {from} {(isAttested ? "-->" : "-.->")}|\"{Quoted(ShownText.Short(label, LabelLength))}\"| {to}");

    /// <summary>Text within quotes: what is no letter, digit or blank is written by its number, as <c>#35;</c>.</summary>
    private static string Quoted(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or '-' or '_' or '/' or ',')
            {
                result.Append(rune.ToString());
            }
            else
            {
                result.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return result.ToString();
    }

    /// <summary>One line that no directive (<c>%%{</c>) begins in.</summary>
    private static string Comment(string text) => ShownText.Of(text).Replace('{', '(').Replace('}', ')');

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } whole && Diagram(whole) is var text
            && (text.StartsWith("flowchart ", StringComparison.Ordinal) || text.StartsWith("graph ", StringComparison.Ordinal))
            && !text[..(text.IndexOfAny('\n', ';') is >= 0 and var end ? end : text.Length)].Contains('{');
    }

    /// <summary>The text from the diagram's type on: front matter, directives and comments may stand before it.</summary>
    private static ReadOnlySpan<char> Diagram(string text)
    {
        var rest = text.AsSpan().TrimStart();
        if (rest.StartsWith("---", StringComparison.Ordinal) && rest[3..].TrimStart(" \t\r") is ['\n', ..] && rest.IndexOf("\n---", StringComparison.Ordinal) is >= 0 and var end)
        {
            rest = rest[(end + 4)..].TrimStart('-');
        }

        for (rest = rest.TrimStart(); rest.StartsWith("%%", StringComparison.Ordinal); rest = rest.TrimStart())
        {
            var close = rest.StartsWith("%%{", StringComparison.Ordinal) ? rest.IndexOf("}%%", StringComparison.Ordinal) : rest.IndexOf('\n');
            rest = close < 0 ? [] : rest[(close + (rest[close] == '}' ? 3 : 1))..];
        }

        return rest;
    }

    /// <summary>What every renderer refuses by default.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var words = Diagram(document.Text!).ToString().Split('\n', 2)[0].TrimEnd().TrimEnd(';').Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 2 || words[1].TrimEnd(';') is not ("TB" or "TD" or "BT" or "RL" or "LR" or ">" or "<" or "^" or "v"))
        {
            yield return "line 1: a flowchart has one of the directions TB, TD, BT, RL and LR";
        }

        if (document.Text!.Length > 50_000)
        {
            yield return "renderers take at most 50,000 characters";
        }
    }
}
