using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Track.Attestations;
using Aixv.Track.Indexing;
using Aixv.Track.Lineage;

namespace Aixv.Track.Artifacts;

/// <summary>Nodes and edges of the artifact graph as JSON.</summary>
internal static class GraphJson
{
    public static JsonObject Node(NodeKey key) => new()
    {
        ["id"] = key.Text,
        ["digest"] = key.Digest?.ToString(),
        ["record_id"] = key.Id?.ToString(),
        ["name"] = key.IsNamed ? key.Text : null,
        ["type"] = key.IsNamed ? "described" : key.Id is null ? "artifact" : "record",
    };

    public static JsonObject Edge(GraphReader graph, int edge)
    {
        var json = EdgeWords.ToJson(graph.EdgeOf(edge));
        json["log_index"] = graph.IndexOf(edge);
        return json;
    }

    /// <summary>A reached node with the edge that reached it, in one line of a stream.</summary>
    public static void WriteReached(Utf8JsonWriter json, GraphReader graph, GraphReader.Reached reached)
    {
        var (key, edge) = (graph.KeyOf(reached.Node), graph.EdgeOf(reached.Edge));
        var (relationship, relation, _) = EdgeWords.Read(edge.Relation);
        json.WriteStartObject();
        json.WriteString("id", key.Text);
        json.WriteString("type", key.IsNamed ? "described" : key.Id is null ? "artifact" : "record");
        json.WriteNumber("depth", reached.Depth);
        json.WriteStartObject("via");
        json.WriteString("source", edge.Source.Text);
        json.WriteString("target", edge.Target.Text);
        json.WriteString("relationship", relationship);
        if (relation is null)
        {
            json.WriteNull("relation");
        }
        else
        {
            json.WriteString("relation", relation);
        }

        json.WriteString("tier", EdgeWords.TierOf(edge.Relation));
        json.WriteNumber("log_index", graph.IndexOf(reached.Edge));
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
