using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Protocol.Lineage;

namespace Aixv.Export.Boms;

/// <summary>The relationships of an SPDX 2.3 document.</summary>
internal static class SpdxRelationships
{
    public static IEnumerable<JsonNode> Of(Dossier dossier, Inventory inventory)
    {
        var artifact = SpdxContent.IdOf(inventory.Artifact);
        yield return Relate(SpdxContent.Document, "DESCRIBES", artifact);
        if (dossier.Parents is null)
        {
            yield return Relate(artifact, "DESCENDANT_OF", SpdxText.NoAssertion);
        }
        else if (dossier.Parents is { IsEmpty: true })
        {
            yield return Relate(artifact, "DESCENDANT_OF", SpdxText.None, "The training claim says that there is no parent model: trained from scratch.");
        }

        foreach (var link in inventory.Links)
        {
            yield return Of(link);
        }

        if (inventory.Code is { } code && code.Id != inventory.Artifact.Id)
        {
            yield return Relate(artifact, "GENERATED_FROM", SpdxContent.IdOf(code), "training code");
        }

        if (inventory.Environment is { } environment && environment.Id != inventory.Artifact.Id)
        {
            yield return Relate(SpdxContent.IdOf(environment), "BUILD_TOOL_OF", artifact, "training environment");
        }

        if (inventory.Framework is { } framework)
        {
            yield return Relate(SpdxContent.IdOf(framework), "BUILD_TOOL_OF", artifact, "training framework");
        }
    }

    private static JsonObject Of(InventoryLink link)
    {
        var (from, to) = (SpdxContent.IdOf(link.From), SpdxContent.IdOf(link.To));
        var standing = link.IsAttested ? "attested" : "described, not attested";
        return link.Kind switch
        {
            EdgeKind.DerivedFrom => Relate(from, "DESCENDANT_OF", to, standing),
            EdgeKind.PackagedFrom => Relate(from, "DESCENDANT_OF", to, $"packaged from; {standing}"),
            EdgeKind.TrainedOn => Relate(to, "BUILD_DEPENDENCY_OF", from, $"trained on{(link.Split is { } split ? $", split: {SpdxText.Line(split)}" : "")}; {standing}"),
            EdgeKind.EvaluatedWith => Relate(to, "TEST_DEPENDENCY_OF", from, $"evaluated with; {standing}"),
            EdgeKind.DeployedAs => Relate(from, "OTHER", to, $"deployed as; {standing}"),
        };
    }

    private static JsonObject Relate(string from, string type, string to, string? comment = null)
    {
        var relationship = new JsonObject { ["spdxElementId"] = from, ["relationshipType"] = type, ["relatedSpdxElement"] = to };
        relationship.AddText("comment", comment);
        return relationship;
    }
}
