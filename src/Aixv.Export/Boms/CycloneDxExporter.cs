using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Export.Signing;

namespace Aixv.Export.Boms;

/// <summary>A CycloneDX document in JSON.</summary>
internal abstract class CycloneDxExporter(ExportFormat format, string version) : JsonExporter(format)
{
    protected string Version { get; } = version;

    protected static ExportFormat Describe(string id, string version, ExportCategory category = ExportCategory.Bom) => new(
        id, "CycloneDX", version, $"application/vnd.cyclonedx+json; version={version}", ".cdx.json", category) { Signature = SignatureForm.Jsf };

    public override bool Recognizes(DocumentProbe document) => document.Member("bomFormat") == "CycloneDX" && document.Member("specVersion") == Version;

    public override IEnumerable<string> Faults(DocumentProbe document)
    {
        var bom = document.JsonObject!;
        return new CycloneDxRules(CycloneDxRules.ReferencesOf(bom)).Check(bom, Version).Concat(MoreFaults(bom)).Concat(JsfSignature.Faults(bom));
    }

    /// <summary>What is signed is read of the bytes that are written, so that a reader finds the very same text.</summary>
    protected override void WriteSignedDocument(Dossier dossier, DocumentSigner signer, Stream output)
    {
        using var unsigned = new MemoryStream();
        WriteJson(Build(dossier), unsigned);
        var document = JsonNode.Parse(unsigned.GetBuffer().AsSpan(0, (int)unsigned.Length))!.AsObject();
        JsfSignature.Sign(document, signer);
        WriteJson(document, output);
    }

    /// <summary>What this kind of document must have beyond every CycloneDX document.</summary>
    protected virtual IEnumerable<string> MoreFaults(JsonObject bom) => [];
}
