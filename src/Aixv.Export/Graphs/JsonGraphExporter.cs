using System.Text.Json;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Graphs;

/// <summary>A graph as one JSON value, written as it is read: nothing of it is kept.</summary>
internal abstract class JsonGraphExporter(ExportFormat format) : Exporter(format)
{
    private const int FlushAt = 16 * 1024;

    /// <summary>Writes the document; calls <see cref="Breathe"/> after each node and edge.</summary>
    protected abstract void WriteGraph(Dossier dossier, Utf8JsonWriter writer);

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        var options = new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JsonExporter.Encoder };
        using (var writer = new Utf8JsonWriter(output, options))
        {
            WriteGraph(dossier, writer);
        }

        output.WriteByte((byte)'\n');
    }

    /// <summary>Hands over what was written when it is much.</summary>
    protected static void Breathe(Utf8JsonWriter writer)
    {
        if (writer.BytesPending > FlushAt)
        {
            writer.Flush();
        }
    }

    /// <summary>Writes facts as members that are strings.</summary>
    protected static void WriteFacts(Utf8JsonWriter writer, IEnumerable<(string Name, string Value)> facts)
    {
        foreach (var (name, value) in facts)
        {
            writer.WriteString(name, value);
        }
    }
}
