using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>JSON Graph Format 2.1. Streamed.</summary>
internal sealed class JgfExporter() : JsonGraphExporter(new("jgf", "JSON Graph Format", "2.1", "application/vnd.jgf+json", ".jgf.json", ExportCategory.Graph))
{
    private static readonly HashSet<string> GraphMembers = new(StringComparer.Ordinal) { "id", "label", "directed", "type", "metadata", "nodes", "edges", "hyperedges" };
    private static readonly HashSet<string> EdgeMembers = new(StringComparer.Ordinal) { "id", "source", "target", "relation", "directed", "label", "metadata" };

    protected override void WriteGraph(Dossier dossier, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("graph");
        writer.WriteString("id", dossier.Artifact.Urn);
        writer.WriteString("type", "lineage");
        writer.WriteString("label", $"Lineage of {dossier.Artifact.Name}");
        writer.WriteBoolean("directed", true);
        WriteMetadata(writer, GraphFacts.OfGraph(dossier));
        writer.WriteStartObject("nodes");
        foreach (var node in dossier.Lineage.Nodes)
        {
            writer.WriteStartObject(NodeIds.Of(node));
            writer.WriteString("label", node.Label);
            WriteMetadata(writer, GraphFacts.OfNode(node, dossier).Where(fact => fact.Name != "label"));
            writer.WriteEndObject();
            Breathe(writer);
        }

        writer.WriteEndObject();
        writer.WriteStartArray("edges");
        foreach (var edge in dossier.Lineage.Edges)
        {
            writer.WriteStartObject();
            writer.WriteString("source", NodeIds.OfChild(edge));
            writer.WriteString("target", NodeIds.OfParent(edge));
            writer.WriteString("relation", edge.RelationName);
            WriteMetadata(writer, GraphFacts.OfEdge(edge).Where(fact => fact.Name != "relation"));
            writer.WriteEndObject();
            Breathe(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter writer, IEnumerable<(string Name, string Value)> facts)
    {
        writer.WriteStartObject("metadata");
        WriteFacts(writer, facts);
        writer.WriteEndObject();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { Count: 1 } root && (root["graph"] is JsonObject graph ? IsGraph(graph) : root["graphs"] is JsonArray graphs && graphs.Count > 0 && graphs.All(g => g is JsonObject one && IsGraph(one)));
    }

    private static bool IsGraph(JsonObject graph) => graph["nodes"] is JsonObject || graph["edges"] is JsonArray || graph["hyperedges"] is JsonArray;

    public override IEnumerable<string> Faults(DocumentProbe document) =>
        JsonMembers.Objects(document.JsonObject!["graph"] ?? document.JsonObject["graphs"]).SelectMany(Faults);

    private static IEnumerable<string> Faults(JsonObject graph)
    {
        foreach (var (name, _) in graph.Where(member => !GraphMembers.Contains(member.Key)))
        {
            yield return $"graph: there is no member {name}";
        }

        var edges = graph["edges"] as JsonArray ?? [];
        for (var i = 0; i < edges.Count; i++)
        {
            if (edges[i] is not JsonObject edge || JsonMembers.Text(edge, "source") is null || JsonMembers.Text(edge, "target") is null)
            {
                yield return $"graph.edges[{i}]: a source and a target are expected";
                continue;
            }

            foreach (var (name, _) in edge.Where(member => !EdgeMembers.Contains(member.Key)))
            {
                yield return $"graph.edges[{i}]: there is no member {name}";
            }
        }
    }
}
