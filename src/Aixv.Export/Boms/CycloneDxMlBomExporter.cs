using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Boms;

/// <summary>CycloneDX ML-BOM: the bill of materials of a model, with its card.</summary>
internal sealed class CycloneDxMlBomExporter(string version, params IReadOnlyList<string> aliases)
    : CycloneDxExporter(Describe($"cyclonedx-{version}-mlbom", version) with { Aliases = aliases }, version)
{
    private const string Model = "machine-learning-model";

    public override IReadOnlyList<string> Missing(Dossier dossier) => CycloneDxComponents.IsModelType(dossier.Artifact.Type)
        ? base.Missing(dossier)
        : [.. base.Missing(dossier), $"a model: the artifact is a {dossier.Artifact.Type}; cyclonedx-{Version}-json lists any artifact"];

    protected override JsonNode Build(Dossier dossier) => CycloneDxContent.Of(dossier, Format.Id, Version);

    /// <summary>A model without a card is a CycloneDX document like any other.</summary>
    public override bool Recognizes(DocumentProbe document) =>
        base.Recognizes(document) && document.JsonObject!["metadata"] is JsonObject metadata
        && metadata["component"] is JsonObject component && component["modelCard"] is JsonObject
        && component["type"] is JsonValue type && type.TryGetValue<string>(out var word) && word == Model;
}
