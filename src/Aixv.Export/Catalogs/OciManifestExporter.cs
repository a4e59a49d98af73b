using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Catalogs;

/// <summary>The OCI 1.1 manifest that attaches the bundle to the model's manifest: a referrer.</summary>
internal sealed class OciManifestExporter() : JsonExporter(
    new("oci-manifest", "OCI image-spec", "1.1", OciDescriptor.Manifest, ".oci-manifest.json", ExportCategory.Catalog) { Needs = ExportNeeds.Bundle | ExportNeeds.Size })
{
    protected override JsonNode Build(Dossier dossier) => Build(dossier, dossier.Bundle!);

    /// <summary>The referrer of one bundle.</summary>
    private static JsonObject Build(Dossier dossier, BundleFacts bundle)
    {
        var subject = ModelPackManifestExporter.Bytes(dossier);
        return OciReferrer.Manifest(bundle, OciDescriptor.Manifest, Digest.Of(subject), subject.Length, null, dossier.Time);
    }

    public static byte[] Bytes(Dossier dossier, BundleFacts bundle)
    {
        using var output = new MemoryStream();
        WriteJson(Build(dossier, bundle), output);
        return output.ToArray();
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("mediaType") == OciDescriptor.Manifest || (document.JsonObject is { } root && root.ContainsKey("schemaVersion") && root["layers"] is JsonArray && root["config"] is JsonObject);
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, OciDescriptor.CheckManifest);
}
