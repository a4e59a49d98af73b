using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>The edges of the lineage as newline-delimited JSON: an object a line. Streamed.</summary>
internal sealed class EdgesNdjsonExporter()
    : Exporter(new("edges-ndjson", "NDJSON", "1.0", "application/x-ndjson", ".edges.ndjson", ExportCategory.Graph))
{
    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Encoder = JsonExporter.Encoder });
        foreach (var edge in dossier.Lineage.Edges)
        {
            writer.WriteStartObject();
            WriteIfAny(writer, "source_digest", edge.ChildDigest?.ToString());
            WriteIfAny(writer, "source_key", edge.ChildDigest is null ? edge.ChildKey : null);
            writer.WriteString("relation", edge.RelationName);
            WriteIfAny(writer, "target_digest", edge.ParentDigest?.ToString());
            WriteIfAny(writer, "target_key", edge.ParentDigest is null ? edge.ParentKey : null);
            WriteIfAny(writer, "uri", edge.ParentUri);
            WriteIfAny(writer, "split", edge.Split);
            writer.WriteBoolean("attested", edge.IsAttested);
            WriteIfAny(writer, "record", edge.Source.Path);
            WriteIfAny(writer, "log", edge.LogEntry?.Origin);
            if (edge.LogEntry is { } entry)
            {
                writer.WriteNumber("log_index", entry.Index);
            }

            writer.WriteEndObject();
            writer.Flush();
            output.WriteByte((byte)'\n');
            writer.Reset();
        }
    }

    private static void WriteIfAny(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>No edge is an empty document, which says nothing of its format.</summary>
    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Text is { } text && NdjsonLines.Read(text).FirstOrDefault().Value is JsonObject first && IsEdge(first);
    }

    private static bool IsEdge(JsonObject edge) => edge.ContainsKey("relation") && edge.ContainsKey("attested") && (edge.ContainsKey("source_digest") || edge.ContainsKey("source_key"));

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        foreach (var (line, value) in NdjsonLines.Read(document.Text!))
        {
            if (value is not JsonObject edge)
            {
                yield return $"line {line}: a JSON object is expected";
            }
            else if (!IsEdge(edge) || (!edge.ContainsKey("target_digest") && !edge.ContainsKey("target_key")))
            {
                yield return $"line {line}: an edge has a source, a relation, a target and attested";
            }
        }
    }
}
