using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Formats;

namespace Aixv.Export.Importing;

/// <summary>SPDX 2.x tag-value.</summary>
internal sealed class SpdxTagValueReader() : SpdxReader("spdx-tag")
{
    public override bool Recognizes(DocumentProbe document) => SpdxTagReader.VersionOf(document.Text)?.StartsWith("SPDX-2.", StringComparison.Ordinal) == true;

    protected override JsonObject ContentOf(DocumentProbe document) => new SpdxTagReader().Read(document.Text!);
}
