using System.Text;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Formats;

/// <summary>A format whose document is text: UTF-8 without a mark, lines ended by a line feed, numbers in the invariant culture.</summary>
public abstract class TextExporter(ExportFormat format) : Exporter(format)
{
    /// <summary>Writes the document. Untrusted text must be escaped as the format asks.</summary>
    protected abstract void WriteText(Dossier dossier, TextWriter writer);

    protected override void WriteDocument(Dossier dossier, Stream output)
    {
        using var writer = new InvariantWriter(output);
        WriteText(dossier, writer);
    }

    private sealed class InvariantWriter(Stream output)
        : StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 16 * 1024, leaveOpen: true)
    {
        public override IFormatProvider FormatProvider => System.Globalization.CultureInfo.InvariantCulture;

        public override string NewLine => "\n";
    }
}
