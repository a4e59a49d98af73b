using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Formats;

namespace Aixv.Export.Importing;

/// <summary>CycloneDX protobuf.</summary>
internal sealed class CycloneDxProtobufReader() : CycloneDxReader("cyclonedx-protobuf")
{
    public override bool Recognizes(DocumentProbe document) => BomProtobufReader.VersionOf(document.Bytes.Span) is not null;

    protected override JsonObject ContentOf(DocumentProbe document) => new BomProtobufReader().Read(document.Bytes.Span);
}
