using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX protobuf: the same bill of materials as in JSON.</summary>
internal sealed class CycloneDxProtobufExporter(string version) : Exporter(new(
    $"cyclonedx-{version}-protobuf", "CycloneDX", version, $"application/x.vnd.cyclonedx+protobuf; version={version}", ".cdx.binpb", ExportCategory.Bom))
{
    protected override void WriteDocument(Dossier dossier, Stream output) =>
        output.Write(BomProtobufWriter.Write(CycloneDxContent.Of(dossier, Format.Id, version), CycloneDxShapes.Bom));

    public override bool Recognizes(DocumentProbe document) => BomProtobufReader.VersionOf(document.Bytes.Span) == version;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        try
        {
            var reader = new BomProtobufReader();
            var bom = reader.Read(document.Bytes.Span);
            return new CycloneDxRules(reader.PassedOver ? null : CycloneDxRules.ReferencesOf(bom)).Check(bom, version);
        }
        catch (FormatException e)
        {
            return [$"not a protobuf message of CycloneDX: {e.Message}"];
        }
    }
}
