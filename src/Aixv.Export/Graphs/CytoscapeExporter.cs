using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>Cytoscape.js 3 elements. Every datum is text. Streamed.</summary>
internal sealed class CytoscapeExporter()
    : JsonGraphExporter(new("cytoscape-json", "Cytoscape.js JSON", "3", "application/json", ".cyjs", ExportCategory.Graph))
{
    protected override void WriteGraph(Dossier dossier, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("format_version", "1.0");
        writer.WriteString("generated_by", "aixv");
        writer.WriteString("target_cytoscapejs_version", "~3.0");
        writer.WriteStartObject("data");
        WriteFacts(writer, GraphFacts.OfGraph(dossier));
        writer.WriteEndObject();
        writer.WriteStartObject("elements");
        writer.WriteStartArray("nodes");
        foreach (var node in dossier.Lineage.Nodes)
        {
            WriteElement(writer, NodeIds.Of(node), null, null, GraphFacts.OfNode(node, dossier));
        }

        writer.WriteEndArray();
        writer.WriteStartArray("edges");
        var number = 0L;
        foreach (var edge in dossier.Lineage.Edges)
        {
            WriteElement(writer, $"e{number++}", NodeIds.OfChild(edge), NodeIds.OfParent(edge), GraphFacts.OfEdge(edge));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteElement(Utf8JsonWriter writer, string id, string? source, string? target, IEnumerable<(string Name, string Value)> facts)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("data");
        writer.WriteString("id", id);
        if (source is not null)
        {
            writer.WriteString("source", source);
            writer.WriteString("target", target);
        }

        WriteFacts(writer, facts);
        writer.WriteEndObject();
        writer.WriteEndObject();
        Breathe(writer);
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["elements"] switch
        {
            JsonObject elements => document.Member("target_cytoscapejs_version") is not null || (elements["nodes"] is JsonArray nodes && nodes.All(IsElement)),
            JsonArray { Count: > 0 } elements => elements.All(IsElement),
            _ => false,
        };
    }

    private static bool IsElement(JsonNode? element) => element is JsonObject && element["data"] is JsonObject;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var (nodes, edges) = document.JsonObject!["elements"] switch
        {
            JsonObject elements => (Data(elements["nodes"]), Data(elements["edges"])),
            var elements => (Data(elements).Where(data => !IsEdge(data)), Data(elements).Where(IsEdge)),
        };
        return GraphRules.Faults(
            nodes.Select(data => JsonMembers.Text(data, "id")),
            edges.Select(data => (JsonMembers.Text(data, "source"), JsonMembers.Text(data, "target"))));
    }

    /// <summary>In one list of all elements, an edge is what has a source and a target.</summary>
    private static bool IsEdge(JsonObject data) => data.ContainsKey("source") && data.ContainsKey("target");

    private static IEnumerable<JsonObject> Data(JsonNode? list) =>
        list is JsonArray elements ? elements.OfType<JsonObject>().Select(element => element["data"] as JsonObject ?? []) : [];
}
