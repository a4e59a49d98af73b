using System.Xml;
using System.Xml.Linq;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using XmlText = Aixv.Export.Formats.XmlText;

namespace Aixv.Export.Graphs;

/// <summary>GraphML 1.1: the lineage as a directed graph whose facts are data of nodes and edges. Streamed.</summary>
internal sealed class GraphmlExporter()
    : XmlExporter(new("graphml", "GraphML", "1.1", "application/graphml+xml", ".graphml", ExportCategory.Graph))
{
    private const string Space = "http://graphml.graphdrawing.org/xmlns";
    private const string Instance = "http://www.w3.org/2001/XMLSchema-instance";

    protected override void WriteXml(Dossier dossier, XmlWriter writer)
    {
        writer.WriteStartElement("graphml", Space);
        writer.WriteAttributeString("xsi", "schemaLocation", Instance, $"{Space} http://graphml.graphdrawing.org/xmlns/1.1/graphml.xsd");
        foreach (var (scope, prefix, names) in new[] { ("graph", "g", GraphFacts.GraphNames), ("node", "n", GraphFacts.NodeNames), ("edge", "e", GraphFacts.EdgeNames) })
        {
            foreach (var name in names)
            {
                writer.WriteStartElement("key", Space);
                writer.WriteAttributeString("id", $"{prefix}_{name}");
                writer.WriteAttributeString("for", scope);
                writer.WriteAttributeString("attr.name", name);
                writer.WriteAttributeString("attr.type", TypeOf(name, scope));
                writer.WriteEndElement();
            }
        }

        writer.WriteStartElement("graph", Space);
        writer.WriteAttributeString("id", "lineage");
        writer.WriteAttributeString("edgedefault", "directed");
        WriteData(writer, "g", GraphFacts.OfGraph(dossier));
        foreach (var node in dossier.Lineage.Nodes)
        {
            writer.WriteStartElement("node", Space);
            writer.WriteAttributeString("id", NodeIds.Of(node));
            WriteData(writer, "n", GraphFacts.OfNode(node, dossier));
            writer.WriteEndElement();
        }

        var number = 0L;
        foreach (var edge in dossier.Lineage.Edges)
        {
            writer.WriteStartElement("edge", Space);
            writer.WriteAttributeString("id", $"e{number++}");
            writer.WriteAttributeString("source", NodeIds.OfChild(edge));
            writer.WriteAttributeString("target", NodeIds.OfParent(edge));
            WriteData(writer, "e", GraphFacts.OfEdge(edge));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static string TypeOf(string name, string scope) => (name, scope) switch
    {
        ("attested", _) or ("artifact", "node") => "boolean",
        ("log_index", _) => "long",
        _ => "string",
    };

    private static void WriteData(XmlWriter writer, string prefix, IEnumerable<(string Name, string Value)> facts)
    {
        foreach (var (name, value) in facts)
        {
            writer.WriteStartElement("data", Space);
            writer.WriteAttributeString("key", $"{prefix}_{name}");
            writer.WriteString(XmlText.Clean(value));
            writer.WriteEndElement();
        }
    }

    public override bool Recognizes(DocumentProbe document) => document.IsXml("graphml", Space);

    /// <summary>Keys and ends of edges that are there; ids that are unique; a direction for every graph.</summary>
    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        XNamespace space = Space;
        var root = document.Xml!.Root!;
        var keys = root.Elements(space + "key").Select(key => (string?)key.Attribute("id")).ToHashSet(StringComparer.Ordinal);
        foreach (var data in root.Descendants(space + "data"))
        {
            if (!keys.Contains((string?)data.Attribute("key")))
            {
                yield return $"data: there is no key {(string?)data.Attribute("key") ?? "(none named)"}";
            }
        }

        foreach (var graph in root.Descendants(space + "graph"))
        {
            if ((string?)graph.Attribute("edgedefault") is not ("directed" or "undirected"))
            {
                yield return "graph: edgedefault must be directed or undirected";
            }
        }

        foreach (var fault in GraphRules.Faults(
            root.Descendants(space + "node").Select(node => (string?)node.Attribute("id")),
            root.Descendants(space + "edge").Select(edge => ((string?)edge.Attribute("source"), (string?)edge.Attribute("target")))))
        {
            yield return fault;
        }
    }
}
