using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Export.Formats;

namespace Aixv.Export.Catalogs;

/// <summary>CodeMeta 3.0.</summary>
internal sealed class CodemetaExporter() : JsonExporter(
    new("codemeta", "CodeMeta", "3.0", "application/ld+json", ".codemeta.json", ExportCategory.Catalog) { FileName = "codemeta.json" })
{
    private const string Context = "https://w3id.org/codemeta/3.0";

    protected override JsonNode Build(Dossier dossier)
    {
        var (artifact, declared, run) = (dossier.Artifact, dossier.Declared, dossier.Run);
        var based = (dossier.Parents ?? []).Concat(dossier.Datasets ?? []).Select(SchemaOrg.Id).OfType<string>().Distinct(StringComparer.Ordinal);
        return new JsonObject
        {
            ["@context"] = Context,
            ["type"] = "SoftwareApplication",
            ["id"] = artifact.Urn,
            ["name"] = artifact.Name,
            ["identifier"] = artifact.Urn,
        }
        .With("description", declared.Description)
        .With("version", artifact.Version)
        .With("license", LicenceExpression.IdOrNull(declared.Licence) is { } id ? $"https://spdx.org/licenses/{id}" : Uris.WebOrNull(declared.Licence))
        .With("author", SchemaOrg.Authors(declared).Select(a => (JsonNode?)Party(a)).ToJsonArray())
        .With("datePublished", declared.ReleasedAt?.ToDate())
        .With("url", Uris.AbsoluteOrNull(declared.Homepage) ?? Uris.AbsoluteOrNull(artifact.Uri))
        .With("downloadUrl", Uris.AbsoluteOrNull(declared.DownloadLocation))
        .With("codeRepository", Uris.WebOrNull(run?.CodeUri))
        .With("softwareRequirements", run?.Framework is null ? null : run.FrameworkVersion is null ? run.Framework : $"{run.Framework} {run.FrameworkVersion}")
        .With("schema:isBasedOn", based.ToJsonArray())
        .With("relatedLink", EvidencePointer.Of(dossier) is { } evidence ? new JsonArray((JsonNode)$"urn:sha256:{evidence.Digest.Hex}") : null)
        .With("releaseNotes", SchemaOrg.Standing);
    }

    /// <summary>CodeMeta 3.0 names types and ids without a sign.</summary>
    private static JsonObject Party(DeclaredParty party) => new JsonObject { ["type"] = party.IsPerson ? "Person" : "Organization", ["name"] = party.Name }
        .With("id", Uris.WebOrNull(party.Url));

    public override bool Recognizes(DocumentProbe document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.JsonObject?["@context"] is { } context
            && (context is JsonArray list ? list.Select(JsonMembers.Text) : [JsonMembers.Text(context)])
                .Any(uri => uri is not null && (uri.Contains("w3id.org/codemeta", StringComparison.OrdinalIgnoreCase) || uri.Contains("codemeta/codemeta", StringComparison.OrdinalIgnoreCase) || uri.Contains("10.5063/schema/codemeta", StringComparison.OrdinalIgnoreCase)));
    }

    public override IEnumerable<string> Faults(DocumentProbe document) => JsonPlace.Check(document.JsonObject, root =>
    {
        if (!root.Has("type") && !root.Has("@type"))
        {
            root.Fault("a type is expected");
        }
    });
}
