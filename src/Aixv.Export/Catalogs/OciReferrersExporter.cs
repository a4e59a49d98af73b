using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>The answer of OCI 1.1's referrers API for the model's manifest: an index of the manifests that attach its bundles.</summary>
internal sealed class OciReferrersExporter() : JsonExporter(
    new("oci-referrers", "OCI image-spec", "1.1", OciDescriptor.Index, ".oci-referrers.json", ExportCategory.Catalog) { Needs = ExportNeeds.Bundle | ExportNeeds.Size })
{
    protected override JsonNode Build(Dossier dossier) => new JsonObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = OciDescriptor.Index,
        ["manifests"] = dossier.Bundles.Select(bundle => (JsonNode?)Entry(dossier, bundle)).ToJsonArray(),
    };

    private static JsonObject Entry(Dossier dossier, BundleFacts bundle) => OciReferrer.DescriptorOf(bundle, OciManifestExporter.Bytes(dossier, bundle), dossier.Time);

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("mediaType") == OciDescriptor.Index || (document.JsonObject is { } root && root.ContainsKey("schemaVersion") && root["manifests"] is JsonArray);
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        OciDescriptor.CheckVersion(root);
        foreach (var entry in root.Objects("manifests", required: true))
        {
            OciDescriptor.Check(entry);
        }
    });
}
