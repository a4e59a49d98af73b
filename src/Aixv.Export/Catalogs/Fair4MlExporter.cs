using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>FAIR4ML 0.1.0 (RDA): the artifact as an <c>fair4ml:MLModel</c>.</summary>
internal sealed class Fair4MlExporter() : JsonExporter(new("fair4ml", "FAIR4ML", "0.1.0", "application/ld+json", ".fair4ml.jsonld", ExportCategory.Catalog))
{
    private const string Space = "https://w3id.org/fair4ml#";

    protected override JsonNode Build(Dossier dossier)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        return new JsonObject
        {
            ["@context"] = new JsonObject { ["@vocab"] = "https://schema.org/", ["fair4ml"] = Space },
            ["@type"] = "fair4ml:MLModel",
            ["@id"] = artifact.Urn,
            ["name"] = artifact.Name,
            ["identifier"] = SchemaOrg.Digest(artifact.Digest),
        }
        .With("version", artifact.Version)
        .With("description", declared.Description)
        .With("license", SchemaOrg.Licence(declared.Licence))
        .With("url", Uris.AbsoluteOrNull(declared.Homepage) ?? Uris.AbsoluteOrNull(artifact.Uri))
        .With("datePublished", declared.ReleasedAt?.ToDate())
        .With("author", declared.Authors.Select(a => (JsonNode?)SchemaOrg.Party(a)).ToJsonArray())
        .With("inLanguage", declared.Languages.ToJsonArray())
        .With("fair4ml:mlTask", declared.Task)
        .With("fair4ml:modelCategory", declared.ArchitectureFamily)
        .With("fair4ml:intendedUse", declared.IntendedUse)
        .With("fair4ml:modelRisksBiasLimitations", declared.Limitations)
        .With("fair4ml:sharedBy", dossier.Signer is { } signer ? new JsonObject { ["@type"] = "Thing", ["name"] = signer.Subject, ["description"] = signer.Issuer is null ? "signer, by a managed key" : $"signer, vouched for by {signer.Issuer}" } : null)
        .With("fair4ml:fineTunedFrom", (dossier.Parents ?? []).Select(p => (JsonNode?)SchemaOrg.Reference(p, "fair4ml:MLModel")).ToJsonArray())
        .With("fair4ml:trainedOn", Datasets(dossier, "train"))
        .With("fair4ml:validatedOn", Datasets(dossier, "validation"))
        .With("fair4ml:testedOn", Datasets(dossier, "test"))
        .With("subjectOf", SchemaOrg.Evidence(dossier))
        .With("disambiguatingDescription", SchemaOrg.Standing);
    }

    private static JsonArray Datasets(Dossier dossier, string use) => (dossier.Datasets ?? [])
        .Where(dataset => UseOf(dataset.Split) == use)
        .Select(dataset => (JsonNode?)SchemaOrg.Reference(dataset, "Dataset"))
        .ToJsonArray();

    /// <summary>A split that is neither for tests nor for validation was learned from.</summary>
    private static string UseOf(string? split) => split?.ToUpperInvariant() switch
    {
        "TEST" or "EVAL" or "EVALUATION" or "HOLDOUT" or "HELD-OUT" => "test",
        "VALIDATION" or "VAL" or "DEV" => "validation",
        _ => "train",
    };

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject is { } root && (Types(root).Any(t => t is "fair4ml:MLModel" or $"{Space}MLModel")
            || JsonMembers.Objects(root["@graph"]).Any(e => Types(e).Any(t => t is "fair4ml:MLModel" or $"{Space}MLModel")));
    }

    private static IEnumerable<string> Types(JsonObject thing) => (thing["@type"] is JsonArray list ? list.Select(JsonMembers.Text) : [JsonMembers.Text(thing, "@type")]).OfType<string>();

    public override IEnumerable<string> Faults(DocumentProbe document) => document.JsonObject!.ContainsKey("@context") ? [] : ["$['@context']: it is expected, for the prefix fair4ml"];
}
