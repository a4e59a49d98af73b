using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using XmlText = Aixv.Export.Formats.XmlText;

namespace Aixv.Export.Graphs;

/// <summary>GEXF 1.3: the lineage for Gephi; an edge begins when a log integrated its claim, in Unix seconds (the one form that every reader takes). Streamed.</summary>
internal sealed class GexfExporter() : XmlExporter(new("gexf", "GEXF", "1.3", "application/gexf+xml", ".gexf", ExportCategory.Graph))
{
    private const string Space = "http://gexf.net/1.3";

    protected override void WriteXml(Dossier dossier, XmlWriter writer)
    {
        writer.WriteStartElement("gexf", Space);
        writer.WriteAttributeString("version", "1.3");
        writer.WriteStartElement("meta", Space);
        writer.WriteAttributeString("lastmodifieddate", dossier.Time.ToDate());
        writer.WriteElementString("creator", Space, XmlText.Clean($"aixv {dossier.ToolVersion}"));
        writer.WriteElementString("description", Space, XmlText.Clean(string.Join('\n', GraphFacts.OfGraph(dossier).Select(fact => $"{fact.Name}: {fact.Value}"))));
        writer.WriteEndElement();
        writer.WriteStartElement("graph", Space);
        writer.WriteAttributeString("defaultedgetype", "directed");
        writer.WriteAttributeString("mode", "dynamic");
        writer.WriteAttributeString("timeformat", "double");
        WriteAttributes(writer, "node", GraphFacts.NodeNames);
        WriteAttributes(writer, "edge", GraphFacts.EdgeNames);
        writer.WriteStartElement("nodes", Space);
        foreach (var node in dossier.Lineage.Nodes)
        {
            writer.WriteStartElement("node", Space);
            writer.WriteAttributeString("id", NodeIds.Of(node));
            writer.WriteAttributeString("label", XmlText.Clean(node.Label));
            WriteValues(writer, GraphFacts.OfNode(node, dossier));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteStartElement("edges", Space);
        var number = 0L;
        foreach (var edge in dossier.Lineage.Edges)
        {
            writer.WriteStartElement("edge", Space);
            writer.WriteAttributeString("id", $"e{number++}");
            writer.WriteAttributeString("source", NodeIds.OfChild(edge));
            writer.WriteAttributeString("target", NodeIds.OfParent(edge));
            writer.WriteAttributeString("kind", edge.RelationName);
            writer.WriteAttributeString("label", edge.RelationName);
            if (edge.LogEntry?.IntegratedTime is { } time)
            {
                writer.WriteAttributeString("start", time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            }

            WriteValues(writer, GraphFacts.OfEdge(edge));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    private static void WriteAttributes(XmlWriter writer, string scope, IReadOnlyList<string> names)
    {
        writer.WriteStartElement("attributes", Space);
        writer.WriteAttributeString("class", scope);
        foreach (var name in names)
        {
            writer.WriteStartElement("attribute", Space);
            writer.WriteAttributeString("id", name);
            writer.WriteAttributeString("title", name);
            writer.WriteAttributeString("type", name switch { "attested" or "artifact" => "boolean", "log_index" => "long", _ => "string" });
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    private static void WriteValues(XmlWriter writer, IEnumerable<(string Name, string Value)> facts)
    {
        writer.WriteStartElement("attvalues", Space);
        foreach (var (name, value) in facts)
        {
            writer.WriteStartElement("attvalue", Space);
            writer.WriteAttributeString("for", name);
            writer.WriteAttributeString("value", XmlText.Clean(value));
            writer.WriteEndElement();
        }

        writer.WriteEndElement();
    }

    public override bool Recognizes(DocumentProbe document) => document.IsXml("gexf", Space);

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        XNamespace space = Space;
        var root = document.Xml!.Root!;
        if ((string?)root.Attribute("version") != "1.3")
        {
            yield return "gexf: version must be 1.3 in this namespace";
        }

        if (root.Element(space + "graph") is not { } graph)
        {
            yield return "gexf: a graph is expected";
            yield break;
        }

        foreach (var scope in new[] { "node", "edge" })
        {
            var known = graph.Elements(space + "attributes").Where(a => (string?)a.Attribute("class") == scope)
                .Elements(space + "attribute").Select(a => (string?)a.Attribute("id")).ToHashSet(StringComparer.Ordinal);
            foreach (var value in graph.Descendants(space + scope).Elements(space + "attvalues").Elements(space + "attvalue"))
            {
                if (!known.Contains((string?)value.Attribute("for")))
                {
                    yield return $"{scope}: there is no attribute {(string?)value.Attribute("for") ?? "(none named)"}";
                }
            }
        }

        foreach (var fault in GraphRules.Faults(
            graph.Descendants(space + "node").Select(node => (string?)node.Attribute("id")),
            graph.Descendants(space + "edge").Select(edge => ((string?)edge.Attribute("source"), (string?)edge.Attribute("target")))))
        {
            yield return fault;
        }
    }
}
