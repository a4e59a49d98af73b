using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>SPDX 2.3 as tag-value: the same document as in JSON.</summary>
internal sealed class SpdxTagExporter() : TextExporter(new("spdx-2.3-tag", "SPDX", "2.3", "text/spdx", ".spdx", ExportCategory.Bom))
{
    protected override void WriteText(Dossier dossier, TextWriter writer) => new SpdxTagWriter(writer).Write(SpdxContent.Of(dossier, Format.Id));

    public override bool Recognizes(DocumentProbe document) => SpdxTagReader.VersionOf(document.Text) == "SPDX-2.3";

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var reader = new SpdxTagReader();
        var content = reader.Read(document.Text!);
        return reader.Faults.Concat(new SpdxRules().Check(content, reader.OtherIds));
    }
}
