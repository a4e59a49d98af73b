using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>CNCF ModelPack configuration.</summary>
internal sealed class ModelPackConfigExporter()
    : JsonExporter(new("modelpack-config", "CNCF ModelPack", "1", MediaType, ".modelpack.json", ExportCategory.Catalog))
{
    public const string MediaType = "application/vnd.cncf.model.config.v1+json";

    protected override JsonNode Build(Dossier dossier)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        var datasets = (dossier.Datasets ?? []).Select(d => Uris.AbsoluteOrNull(d.Uri)).OfType<string>().Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["descriptor"] = new JsonObject { ["name"] = artifact.Name }
                .With("createdAt", (dossier.Run?.FinishedOn ?? declared.ReleasedAt)?.ToRfc3339())
                .With("authors", declared.Authors.Select(a => a.Name).ToJsonArray())
                .With("family", declared.ArchitectureFamily)
                .With("docURL", Uris.WebOrNull(declared.Homepage))
                .With("sourceURL", Uris.AbsoluteOrNull(dossier.Run?.CodeUri))
                .With("datasetsURL", datasets.ToJsonArray())
                .With("version", artifact.Version)
                .With("revision", dossier.Run?.CodeDigest?.ToString())
                .With("vendor", declared.Supplier?.Name)
                .With("licenses", declared.Licence is null ? null : new JsonArray((JsonNode)declared.Licence))
                .With("description", declared.Description),
            ["config"] = new JsonObject()
                .With("architecture", declared.Architecture ?? declared.ArchitectureFamily)
                .With("format", declared.Format)
                .With("paramSize", declared.ParameterSize)
                .With("precision", declared.Precision)
                .With("capabilities", new JsonObject().With("languages", declared.Languages.Where(l => l.Length == 2 && l.All(char.IsAsciiLetterLower)).ToJsonArray())),
            ["modelfs"] = new JsonObject { ["type"] = "layers", ["diffIds"] = ModelPackLayers.Of(dossier).Select(file => file.Digest.ToString()).ToJsonArray() },
        };
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root && root["modelfs"] is JsonObject && root["descriptor"] is JsonObject;
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        root.Object("descriptor", required: true);
        root.Object("config", required: true);
        var files = root.Object("modelfs", required: true);
        if (files?.Text("type", required: true) is { } type && type != "layers")
        {
            files.Fault("type: layers is expected");
        }

        files?.List("diffIds", required: true, minimum: 1);
    });
}
