using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>
/// A dossier as the content of a CycloneDX bill of materials, in the form of its JSON; XML and protobuf are written of the same (<see cref="CycloneDxShapes"/>).
/// </summary>
internal sealed class CycloneDxContent
{
    /// <summary>The note of a pedigree that is known to be empty.</summary>
    public const string TrainedFromScratch = "The training claim says that there is no parent model: trained from scratch.";
    private const string Tool = "aixv";
    private readonly Dossier dossier;
    private readonly Inventory inventory;

    private CycloneDxContent(Dossier dossier)
    {
        this.dossier = dossier;
        inventory = Inventory.Of(dossier);
    }

    /// <summary>The whole bill.</summary>
    public static JsonObject Of(Dossier dossier, string format, string version)
    {
        var content = new CycloneDxContent(dossier);
        var bom = content.Start(format, version, content.WholeArtifact());
        bom.AddList("components", content.ComponentsOf());
        bom.AddList("dependencies", content.Dependencies());
        bom.AddList("compositions", content.Compositions());
        bom.AddList("vulnerabilities", dossier.Advisories.Select(a => CycloneDxVulnerabilities.Of(a, dossier)));
        bom["annotations"] = new JsonArray((JsonNode)content.Annotation());
        bom.AddList("formulation", CycloneDxFormulation.Of(dossier, content.inventory));
        if (version != "1.6")
        {
            bom.AddList("citations", CycloneDxCitations.Of(dossier, bom));
        }

        bom.AddList("properties", CycloneDxParts.Properties(EvidenceProperties.Of(dossier)));
        return bom;
    }

    /// <summary>The head of a document about the artifact that is no bill; the rest is the caller's.</summary>
    public static JsonObject HeadOf(Dossier dossier, string format, string version)
    {
        var content = new CycloneDxContent(dossier);
        return content.Start(format, version, content.PlainArtifact());
    }

    /// <summary>The bom-ref of the artifact.</summary>
    public static string ReferenceOf(Dossier dossier) => dossier.Artifact.Digest.ToString();

    /// <summary>The program, as the component that made or said something.</summary>
    public static JsonObject ToolComponent(Dossier dossier, string? reference = null)
    {
        var tool = new JsonObject { ["type"] = "application" };
        tool.AddText("bom-ref", reference);
        tool["name"] = Tool;
        tool["version"] = dossier.ToolVersion;
        return tool;
    }

    private JsonObject Start(string format, string version, JsonObject artifact) => new()
    {
        ["$schema"] = $"http://cyclonedx.org/schema/bom-{version}.schema.json",
        ["bomFormat"] = "CycloneDX",
        ["specVersion"] = version,
        ["serialNumber"] = $"urn:uuid:{NameUuid.Of(format, dossier.Artifact.Digest, FactText.Of(dossier.Time)):D}",
        ["version"] = 1,
        ["metadata"] = new JsonObject
        {
            ["timestamp"] = FactText.Of(dossier.Time),
            ["tools"] = new JsonObject { ["components"] = new JsonArray((JsonNode)ToolComponent(dossier, Tool)) },
            ["component"] = artifact,
        },
    };

    private JsonObject PlainArtifact()
    {
        var component = CycloneDxComponents.OfArtifact(dossier);
        component.AddList("externalReferences", CycloneDxReferences.Of(dossier));
        component.AddList("properties", CycloneDxParts.Properties(EvidenceProperties.OfArtifact(dossier)));
        return component;
    }

    private JsonObject WholeArtifact()
    {
        var component = PlainArtifact();
        component.AddObject("pedigree", Pedigree());
        if (CycloneDxComponents.IsModelType(dossier.Artifact.Type))
        {
            component["modelCard"] = CycloneDxModelCard.Of(dossier, inventory);
        }

        return component;
    }

    private JsonObject Pedigree()
    {
        var pedigree = new JsonObject();
        pedigree.AddList("ancestors", inventory.Items.Where(IsParent).Select(CycloneDxComponents.Of));
        pedigree.AddList("descendants", inventory.Items.Where(i => i is { IsDescendant: true, IsDirect: false }).Select(CycloneDxComponents.Of));
        pedigree.AddText("notes", dossier.Parents is { IsEmpty: true } ? TrainedFromScratch : null);
        return pedigree;
    }

    private static bool IsParent(InventoryItem item) => item is { IsDirect: true, Kind: InventoryKind.Model };

    /// <summary>What is not in the pedigree or the formulation already.</summary>
    private IEnumerable<JsonObject> ComponentsOf() => inventory.Items
        .Where(i => !IsParent(i) && (i.IsDirect || !i.IsDescendant) && i.Kind is not (InventoryKind.Artifact or InventoryKind.Code or InventoryKind.Environment))
        .Select(CycloneDxComponents.Of);

    private IEnumerable<JsonObject> Dependencies()
    {
        var byItem = inventory.Links
            .Select(link => (From: link.From.Reference, To: link.To.Reference))
            .Concat(inventory.Framework is { } framework ? [(inventory.Artifact.Reference, framework.Reference)] : [])
            .GroupBy(link => link.From, link => link.To, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal);
        foreach (var group in byItem)
        {
            yield return new JsonObject
            {
                ["ref"] = group.Key,
                ["dependsOn"] = new JsonArray([.. group.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(to => (JsonNode)to)]),
            };
        }
    }

    /// <summary>What is not known is said to be unknown.</summary>
    private IEnumerable<JsonObject> Compositions()
    {
        if (dossier.Parents is null || dossier.Datasets is null)
        {
            yield return new JsonObject { ["aggregate"] = "unknown", ["dependencies"] = new JsonArray((JsonNode)ReferenceOf(dossier)) };
        }
    }

    private JsonObject Annotation() => new()
    {
        ["subjects"] = new JsonArray((JsonNode)ReferenceOf(dossier)),
        ["annotator"] = new JsonObject { ["component"] = ToolComponent(dossier) },
        ["timestamp"] = FactText.Of(dossier.Time),
        ["text"] = EvidenceProperties.SentenceOf(dossier),
    };
}
