using System.Buffers;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>The components of a CycloneDX bill.</summary>
internal static class CycloneDxComponents
{
    private const int MaximumVersion = 1024;
    private static readonly SearchValues<char> MediaTypeCharacters = SearchValues.Create("-+abcdefghijklmnopqrstuvwxyz0123456789.");

    /// <summary>Whether an artifact of this type is a model; one of unknown type is taken for one.</summary>
    public static bool IsModelType(string? type) => type is null or "checkpoint" or "cl-delta"
        || type.Contains("model", StringComparison.Ordinal) || type.Contains("adapter", StringComparison.Ordinal);

    /// <summary>The artifact, without what hangs on it.</summary>
    public static JsonObject OfArtifact(Dossier dossier)
    {
        var declared = dossier.Declared;
        var component = new JsonObject { ["type"] = ArtifactTypeOf(dossier.Artifact.Type) };
        component.AddText("mime-type", MediaTypeOrNull(dossier.Artifact.MediaType));
        component["bom-ref"] = CycloneDxContent.ReferenceOf(dossier);
        component.AddObject("supplier", declared.Supplier is { } supplier ? CycloneDxParts.Organization(supplier) : null);
        component.AddList("authors", declared.Authors.Select(CycloneDxParts.Contact));
        component["name"] = dossier.Artifact.Name;
        component.AddText("version", VersionOrNull(dossier.Artifact.Version));
        component.AddText("description", declared.Description);
        component["hashes"] = CycloneDxParts.Hashes(dossier.Artifact.Digest);
        if (declared.Licence is { } licence)
        {
            component["licenses"] = CycloneDxParts.Licences(licence);
        }

        component.AddText("purl", dossier.Artifact.Purl);
        return component;
    }

    public static JsonObject Of(InventoryItem item)
    {
        var component = new JsonObject { ["type"] = TypeOf(item.Kind) };
        component.AddText("mime-type", MediaTypeOrNull(item.Declared?.MediaType));
        component["bom-ref"] = item.Reference;
        component["name"] = item.Name;
        component.AddText("version", VersionOrNull(item.Version));
        component.AddText("description", item.Kind == InventoryKind.Dataset ? item.Declared?.Description : null);
        if (item.Digest is { } digest)
        {
            component["hashes"] = CycloneDxParts.Hashes(digest);
        }

        if (item.Declared?.Licence is { } licence)
        {
            component["licenses"] = CycloneDxParts.Licences(licence);
        }

        component.AddText("purl", item.Purl);
        component.AddList("externalReferences", ReferencesOf(item));
        component.AddList("properties", CycloneDxParts.Properties(PropertiesOf(item)));
        if (item.Kind == InventoryKind.Dataset)
        {
            component["data"] = new JsonArray((JsonNode)DataOf(item));
        }

        return component;
    }

    private static JsonObject DataOf(InventoryItem item)
    {
        var data = new JsonObject { ["type"] = "dataset", ["name"] = item.Name };
        if ((BomUris.OrNull(item.Declared?.ContentUrl) ?? BomUris.OrNull(item.Uri)) is { } url)
        {
            data["contents"] = new JsonObject { ["url"] = url };
        }

        if (item.Declared?.Creator is { } creator)
        {
            var party = creator.IsPerson
                ? new JsonObject { ["contact"] = CycloneDxParts.Contact(creator) }
                : new JsonObject { ["organization"] = CycloneDxParts.Organization(creator) };
            data["governance"] = new JsonObject { ["owners"] = new JsonArray((JsonNode)party) };
        }

        return data;
    }

    private static IEnumerable<JsonObject> ReferencesOf(InventoryItem item)
    {
        if (BomUris.OrNull(item.Uri) is { } uri)
        {
            yield return new JsonObject { ["type"] = item.Kind == InventoryKind.Code ? "vcs" : "distribution", ["url"] = uri };
        }

        if (Uris.WebOrNull(item.Declared?.Url) is { } page && page != item.Uri)
        {
            yield return new JsonObject { ["type"] = "website", ["url"] = page };
        }
    }

    private static IEnumerable<(string Name, string Value)> PropertiesOf(InventoryItem item)
    {
        (string Name, string? Value)[] all =
        [
            ("aixv:evidence:tier", item.Tier?.ToName()),
            ("aixv:uri", item.Uri is { } uri && BomUris.OrNull(uri) is null && item.Name != uri ? uri : null),
            ("aixv:split", item.Split),
            ("aixv:relation", item.Relation),
            ("aixv:declared:published-at", item.Declared?.PublishedAt is { } published ? FactText.Of(published) : null),
            ("aixv:declared:collected-at", item.Declared?.CollectedAt is { } collected ? FactText.Of(collected) : null),
            ("aixv:declared:size", item.Declared?.Size is { } size ? FactText.Of(size) : null),
        ];
        return all.Where(p => p.Value is not null).Select(p => (p.Name, p.Value!)).Concat(item.RecalledBy.Select(id => ("aixv:recalled-by", id)));
    }

    private static string ArtifactTypeOf(string? type) => IsModelType(type) ? "machine-learning-model" : type switch
    {
        not null when type.Contains("dataset", StringComparison.Ordinal) => "data",
        not null when type.Contains("container", StringComparison.Ordinal) || type.Contains("image", StringComparison.Ordinal) => "container",
        not null when type.Contains("deployment", StringComparison.Ordinal) => "platform",
        _ => "file",
    };

    private static string TypeOf(InventoryKind kind) => kind switch
    {
        InventoryKind.Artifact or InventoryKind.Model => "machine-learning-model",
        InventoryKind.Dataset => "data",
        InventoryKind.Framework => "framework",
        InventoryKind.Code => "application",
        InventoryKind.Environment => "container",
        InventoryKind.Deployment => "platform",
    };

    /// <summary>Bounded by the JSON schema.</summary>
    private static string? VersionOrNull(string? version) => version is { Length: <= MaximumVersion } ? version : null;

    private static string? MediaTypeOrNull(string? type) =>
        type?.Split('/') is [{ Length: > 0 } main, { Length: > 0 } sub] && !main.AsSpan().ContainsAnyExcept(MediaTypeCharacters) && !sub.AsSpan().ContainsAnyExcept(MediaTypeCharacters)
            ? type : null;
}
