using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>schema.org JSON-LD: the artifact as a software application.</summary>
internal sealed class SchemaOrgExporter() : JsonExporter(new("schema-org", "schema.org", "30.0", "application/ld+json", ".schema.jsonld", ExportCategory.Catalog))
{
    protected override JsonNode Build(Dossier dossier)
    {
        var (artifact, declared) = (dossier.Artifact, dossier.Declared);
        return new JsonObject
        {
            ["@context"] = "https://schema.org",
            ["@type"] = "SoftwareApplication",
            ["@id"] = artifact.Urn,
            ["name"] = artifact.Name,
            ["applicationCategory"] = "Machine learning model",
            ["identifier"] = new[] { SchemaOrg.Digest(artifact.Digest), artifact.Purl is { } purl ? new JsonObject { ["@type"] = "PropertyValue", ["propertyID"] = "purl", ["value"] = purl } : null }
                .Where(i => i is not null).ToJsonArray(),
        }
        .With("url", Uris.AbsoluteOrNull(declared.Homepage) ?? Uris.AbsoluteOrNull(artifact.Uri))
        .With("downloadUrl", Uris.AbsoluteOrNull(declared.DownloadLocation))
        .With("softwareVersion", artifact.Version)
        .With("fileSize", artifact.Size is { } size ? string.Create(CultureInfo.InvariantCulture, $"{size} bytes") : null)
        .With("encodingFormat", artifact.MediaType)
        .With("description", declared.Description)
        .With("license", SchemaOrg.Licence(declared.Licence))
        .With("datePublished", declared.ReleasedAt?.ToDate())
        .With("author", declared.Authors.Select(a => (JsonNode?)SchemaOrg.Party(a)).ToJsonArray())
        .With("creator", SchemaOrg.Party(declared.Supplier))
        .With("inLanguage", declared.Languages.ToJsonArray())
        .With("isBasedOn", (dossier.Parents ?? []).Select(p => (JsonNode?)SchemaOrg.Reference(p, "SoftwareApplication"))
            .Concat((dossier.Datasets ?? []).Select(d => (JsonNode?)SchemaOrg.Reference(d, "Dataset"))).ToJsonArray())
        .With("subjectOf", SchemaOrg.Evidence(dossier))
        .With("disambiguatingDescription", SchemaOrg.Standing);
    }

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return (document.Member("@context") is "https://schema.org" or "https://schema.org/" or "http://schema.org" or "http://schema.org/") && document.JsonObject!.ContainsKey("@type");
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        foreach (var member in (string[])["name", "description"])
        {
            if (root.Find(member)?.Node is JsonObject { Count: > 0 } value && !value.ContainsKey("@value"))
            {
                root.Fault($"{member}: text is expected");
            }
        }
    });
}
