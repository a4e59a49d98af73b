using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>A format whose document is one JSON value: two spaces of indentation, members in the order of the code, a newline at the end.</summary>
public abstract class JsonExporter(ExportFormat format) : Exporter(format)
{
    /// <summary>What could end a script or change the direction of text is escaped: controls, marks, angle brackets, ampersands and quotes.</summary>
    internal static JavaScriptEncoder Encoder { get; } = JavaScriptEncoder.Create(UnicodeRanges.All);

    /// <summary>The document.</summary>
    protected abstract JsonNode Build(Dossier dossier);

    protected override void WriteDocument(Dossier dossier, Stream output) => WriteJson(Build(dossier), output);

    /// <summary>Writes JSON as all JSON exports are written.</summary>
    protected internal static void WriteJson(JsonNode value, Stream output)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(output);
        using (var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = Encoder, MaxDepth = 256 }))
        {
            JsonText.Write(writer, value);
        }

        output.WriteByte((byte)'\n');
    }
}
