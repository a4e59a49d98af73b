using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>The packages, agents and licences of an SPDX 3.0.1 graph.</summary>
/// <param name="withProfiles">Whether the AI and dataset profiles are used.</param>
internal sealed class Spdx3Packages(Spdx3Graph graph, Dossier dossier, Inventory inventory, bool withProfiles)
{
    public string IdOf(InventoryItem item) => graph.IdOf($"package/{item.Id}");

    public void AddAll()
    {
        foreach (var item in inventory.Items)
        {
            Add(item);
        }
    }

    private void Add(InventoryItem item)
    {
        var isArtifact = item.Kind == InventoryKind.Artifact;
        var declared = isArtifact ? dossier.Declared : DeclaredFacts.None;
        var package = graph.Add(TypeOf(item), $"package/{item.Id}");
        package["name"] = item.Name;
        package.AddText("description", isArtifact ? declared.Description : item.Declared?.Description);
        package.AddText("comment", CommentOf(item));
        package.AddList("verifiedUsing", item.Digest is { } digest ? [Hash(digest.Hex)] : []);
        package.AddList("externalRef", ReferencesOf(item));
        package.AddList("originatedBy", (isArtifact ? [.. declared.Authors] : item.Declared?.Creator is { } creator ? [creator] : Array.Empty<DeclaredParty>()).Select(p => (JsonNode)AgentOf(p)));
        package.AddText("suppliedBy", declared.Supplier is { } supplier ? AgentOf(supplier) : null);
        package.AddText("releaseTime", (declared.ReleasedAt ?? item.Declared?.PublishedAt) is { } released ? FactText.Of(released) : null);
        package["software_primaryPurpose"] = PurposeOf(item);
        package.AddText("software_packageVersion", item.Version);
        package.AddText("software_packageUrl", isArtifact ? dossier.Artifact.Purl : item.Purl);
        package.AddText("software_downloadLocation", BomUris.OrNull(declared.DownloadLocation) ?? BomUris.OrNull(item.Declared?.ContentUrl) ?? BomUris.OrNull(item.Uri));
        package.AddText("software_homePage", BomUris.OrNull(declared.Homepage) ?? BomUris.OrNull(item.Declared?.Url));
        if (withProfiles && isArtifact && CycloneDxComponents.IsModelType(dossier.Artifact.Type))
        {
            Spdx3Model.Describe(package, dossier);
        }
        else if (withProfiles && item.Kind == InventoryKind.Dataset)
        {
            package["dataset_datasetType"] = new JsonArray((JsonNode)"noAssertion");
            if (item.Declared?.Size is { } size and >= 0)
            {
                package["dataset_datasetSize"] = size;
            }

            package.AddText("dataset_dataCollectionProcess", item.Declared?.CollectedAt is { } collected ? $"Collected at {FactText.Of(collected)}, as the publisher declares." : null);
        }

        AddLicences(item, isArtifact ? declared.Licence : item.Declared?.Licence);
    }

    /// <summary>What is declared, else that nothing can be asserted; nobody concluded anything.</summary>
    private void AddLicences(InventoryItem item, string? licence)
    {
        var expression = LicenceExpression.OrNull(licence);
        if (item.Kind is not (InventoryKind.Artifact or InventoryKind.Dataset))
        {
            return;
        }

        var declared = Spdx3Graph.NoAssertionLicense;
        if (expression is not null)
        {
            var part = $"licence/{NameUuid.Of(NameUuid.Exports, expression):D}";
            graph.Add("simplelicensing_LicenseExpression", part)["simplelicensing_licenseExpression"] = expression;
            declared = graph.IdOf(part);
        }

        graph.Relate(IdOf(item), "hasDeclaredLicense", [declared], licence is not null && expression is null ? $"The publisher declares what is no SPDX expression: {licence}" : null);
        graph.Relate(IdOf(item), "hasConcludedLicense", [Spdx3Graph.NoAssertionLicense]);
    }

    public string AgentOf(DeclaredParty party)
    {
        var part = $"agent/{NameUuid.Of(NameUuid.Exports, $"{party.IsPerson}\n{party.Name}\n{party.Url}\n{party.Email}"):D}";
        var agent = graph.Add(party.IsPerson ? "Person" : "Organization", part);
        agent["name"] = party.Name;
        var identifiers = new List<JsonObject>();
        if (CycloneDxParts.EmailOf(party) is { } email)
        {
            identifiers.Add(new JsonObject { ["type"] = "ExternalIdentifier", ["externalIdentifierType"] = "email", ["identifier"] = email });
        }

        if (BomUris.OrNull(party.Url) is { } url)
        {
            identifiers.Add(new JsonObject { ["type"] = "ExternalIdentifier", ["externalIdentifierType"] = "urlScheme", ["identifier"] = url });
        }

        agent.Remove("externalIdentifier");
        agent.AddList("externalIdentifier", identifiers);
        return graph.IdOf(part);
    }

    public static JsonObject Hash(string hex) => new() { ["type"] = "Hash", ["algorithm"] = "sha256", ["hashValue"] = hex };

    private static IEnumerable<JsonObject> ReferencesOf(InventoryItem item)
    {
        if (BomUris.OrNull(item.Uri) is { } uri)
        {
            yield return new JsonObject
            {
                ["type"] = "ExternalRef",
                ["externalRefType"] = item.Kind == InventoryKind.Code ? "vcs" : "altDownloadLocation",
                ["locator"] = new JsonArray((JsonNode)uri),
            };
        }
    }

    private static string? CommentOf(InventoryItem item)
    {
        (string Name, string? Value)[] all =
        [
            ("evidence", item.Tier?.ToName()),
            ("uri", item.Uri is { } uri && BomUris.OrNull(uri) is null && item.Name != uri ? uri : null),
            ("split", item.Split),
            ("relation", item.Relation),
            ("media type", item.Declared?.MediaType),
            ("recalled by", item.RecalledBy.IsEmpty ? null : string.Join(", ", item.RecalledBy)),
        ];
        return string.Join("; ", all.Where(p => p.Value is not null).Select(p => $"{p.Name}: {p.Value}"));
    }

    private string TypeOf(InventoryItem item) => !withProfiles ? "software_Package"
        : item.Kind == InventoryKind.Dataset ? "dataset_DatasetPackage"
        : item.Kind == InventoryKind.Artifact && CycloneDxComponents.IsModelType(dossier.Artifact.Type) ? "ai_AIPackage"
        : "software_Package";

    private string PurposeOf(InventoryItem item) => item.Kind switch
    {
        InventoryKind.Artifact => CycloneDxComponents.IsModelType(dossier.Artifact.Type) ? "model" : dossier.Artifact.Type == "dataset" ? "data" : "file",
        InventoryKind.Model => "model",
        InventoryKind.Dataset => "data",
        InventoryKind.Framework => "framework",
        InventoryKind.Code => "source",
        InventoryKind.Environment => "container",
        InventoryKind.Deployment => "platform",
    };
}
