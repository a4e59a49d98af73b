using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Catalogs;

/// <summary>The OCI manifest of a ModelPack artifact: the model's files as layers, over the configuration of <c>modelpack-config</c>.</summary>
internal sealed class ModelPackManifestExporter()
    : JsonExporter(new("modelpack-manifest", "CNCF ModelPack", "1", OciDescriptor.Manifest, ".modelpack-manifest.json", ExportCategory.Catalog))
{
    private const string ArtifactType = "application/vnd.cncf.model.manifest.v1+json";

    public override IReadOnlyList<string> Missing(Dossier dossier) =>
        ModelPackLayers.Of(dossier).Any(file => file.Size is null) ? ["the size of the artifact: the artifact itself, not only its digest"] : base.Missing(dossier);

    protected override JsonNode Build(Dossier dossier)
    {
        using var config = new MemoryStream();
        new ModelPackConfigExporter().Write(dossier, config);
        return new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = OciDescriptor.Manifest,
            ["artifactType"] = ArtifactType,
            ["config"] = OciDescriptor.Of(ModelPackConfigExporter.MediaType, Digest.Of(config.ToArray()), config.Length),
            ["layers"] = ModelPackLayers.Of(dossier).Select(file => (JsonNode?)Layer(file)).ToJsonArray(),
        }.With("annotations", Annotations(dossier));
    }

    /// <summary>The manifest's bytes as this exporter writes them, so that others can name them by digest.</summary>
    public static byte[] Bytes(Dossier dossier)
    {
        using var output = new MemoryStream();
        new ModelPackManifestExporter().Write(dossier, output);
        return output.ToArray();
    }

    private static JsonObject Layer(FileFacts file)
    {
        var layer = OciDescriptor.Of(ModelPackLayers.MediaTypeOf(file.Name), file.Digest, file.Size!.Value);
        layer["annotations"] = new JsonObject { ["org.cncf.model.filepath"] = file.Name };
        return layer;
    }

    private static JsonObject Annotations(Dossier dossier)
    {
        var evidence = EvidencePointer.Of(dossier);
        return new JsonObject { ["org.aixv.artifact"] = dossier.Artifact.Digest.ToString() }
            .With("org.aixv.bundle", evidence?.Location)
            .With("org.aixv.bundle.sha256", evidence?.Digest.Hex)
            .With("org.aixv.log.index", evidence?.LogIndex?.ToString(CultureInfo.InvariantCulture));
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Member("artifactType") == ArtifactType || JsonMembers.Text(document.JsonObject?["config"], "mediaType") == ModelPackConfigExporter.MediaType;
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, OciDescriptor.CheckManifest);
}
