using Aixv.Export.Dossiers;

namespace Aixv.Export.Catalogs;

/// <summary>The artifact's files as layers that are not packed: a layer's digest is the file's.</summary>
internal static class ModelPackLayers
{
    public static IReadOnlyList<FileFacts> Of(Dossier dossier) => dossier.Files.Length > 1
        ? dossier.Files
        : [new FileFacts(dossier.Artifact.Name, dossier.Artifact.Digest, dossier.Artifact.Size)];

    /// <summary>By the file's name: weights, configuration, documentation.</summary>
    public static string MediaTypeOf(string name) => Path.GetExtension(name).ToUpperInvariant() switch
    {
        ".MD" or ".TXT" or ".PDF" or ".RST" => "application/vnd.cncf.model.doc.v1.raw",
        ".JSON" or ".YAML" or ".YML" or ".TOML" => "application/vnd.cncf.model.weight.config.v1.raw",
        ".PY" or ".CPP" or ".RS" or ".SH" => "application/vnd.cncf.model.code.v1.raw",
        _ => "application/vnd.cncf.model.weight.v1.raw",
    };
}
