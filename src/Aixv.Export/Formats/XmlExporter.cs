using System.Text;
using System.Xml;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>A format whose document is XML 1.0: UTF-8, two spaces of indentation, a newline at the end.</summary>
public abstract class XmlExporter(ExportFormat format) : Exporter(format)
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        CloseOutput = false,
    };

    /// <summary>Writes the root element. Untrusted text goes through <see cref="XmlText.Clean"/>.</summary>
    protected abstract void WriteXml(Dossier dossier, XmlWriter writer);

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        using (var writer = XmlWriter.Create(output, Settings))
        {
            writer.WriteStartDocument();
            WriteXml(dossier, writer);
            writer.WriteEndDocument();
        }

        output.WriteByte((byte)'\n');
    }
}
