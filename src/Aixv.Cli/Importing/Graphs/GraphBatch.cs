using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Aixv.Cli.Importing.Graphs;

/// <summary>Nodes on their way to a registry, as the body of a request.</summary>
internal sealed class GraphBatch : IDisposable
{
    private const int MaximumNodes = 2500;
    private const int MaximumBytes = 1024 * 1024;
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly ArrayBufferWriter<byte> nodes = new(256 * 1024);
    private readonly Utf8JsonWriter json;

    public GraphBatch()
    {
        json = new Utf8JsonWriter(nodes, Plain);
        json.WriteStartArray();
    }

    public int Count { get; private set; }

    public bool IsFull => Count == MaximumNodes || json.BytesCommitted + json.BytesPending >= MaximumBytes;

    public void Add(GraphNode node)
    {
        json.WriteStartObject();
        json.WriteString("id", node.Id);
        json.WriteString("name", node.Name);
        json.WriteString("kind", node.Kind);
        if (node.Digest is not null)
        {
            json.WriteString("digest", node.Digest);
        }

        json.WriteStartObject("properties");
        foreach (var (name, value) in node.Properties)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteStartArray("links");
        foreach (var (relation, target) in node.Links)
        {
            json.WriteStartArray();
            json.WriteStringValue(relation);
            json.WriteStringValue(target);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        Count++;
    }

    /// <summary>The request's body. Nothing can be added afterwards.</summary>
    /// <param name="run">The run, and how far it has come with this batch.</param>
    /// <param name="isLast">Whether it ends with it.</param>
    public ReadOnlyMemory<byte> ToBody(ImportRun run, bool isLast)
    {
        json.WriteEndArray();
        json.Flush();
        var body = new ArrayBufferWriter<byte>(nodes.WrittenCount + 1024);
        using (var whole = new Utf8JsonWriter(body, Plain))
        {
            whole.WriteStartObject();
            whole.WriteString("source", run.Source);
            whole.WriteString("input", run.Input);
            whole.WriteString("run", run.Id);
            whole.WriteNumber("number", run.Number);
            whole.WriteStartObject("progress");
            run.Progress.Write(whole);
            whole.WriteEndObject();
            whole.WriteBoolean("last", isLast);
            whole.WritePropertyName("nodes");
            whole.WriteRawValue(nodes.WrittenSpan, skipInputValidation: true);
            whole.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    public void Dispose() => json.Dispose();
}
