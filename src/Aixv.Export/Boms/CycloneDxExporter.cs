using System.Text.Json.Nodes;
using Aixv.Export.Formats;

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
        return new CycloneDxRules(CycloneDxRules.ReferencesOf(bom)).Check(bom, Version).Concat(MoreFaults(bom));
    }

    /// <summary>What this kind of document must have beyond every CycloneDX document.</summary>
    protected virtual IEnumerable<string> MoreFaults(JsonObject bom) => [];
}
