using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>Who said what in a CycloneDX 1.7 bill: JSON pointers to its parts, with the signer or the supplier.</summary>
internal static class CycloneDxCitations
{
    private const string Model = "/metadata/component";

    public static IEnumerable<JsonObject> Of(Dossier dossier, JsonObject bom)
    {
        if (dossier.Training?.Bundle is { } bundle && dossier.Run is not null)
        {
            var parts = Existing(bom, $"{Model}/pedigree/ancestors", $"{Model}/modelCard/modelParameters/datasets", "/formulation/0/workflows/0");
            if (parts.Count > 0)
            {
                yield return Citation(
                    parts, bundle.Signature.IntegratedTime ?? dossier.Time, CycloneDxFormulation.Signer, $"Signed statement sha256:{dossier.Training.Digest.Hex}; attested.");
            }
        }

        if (bom["metadata"]!["component"] is JsonObject { } component && component["supplier"] is JsonObject supplier)
        {
            supplier["bom-ref"] = "supplier";
            string[] declared =
            [
                "supplier", "authors", "description", "licenses", "modelCard/considerations", "modelCard/modelParameters/task",
                "modelCard/modelParameters/architectureFamily", "modelCard/modelParameters/modelArchitecture",
            ];
            yield return Citation(
                Existing(bom, [.. declared.Select(name => $"{Model}/{name}")]), dossier.Time, "supplier", "Declared by the publisher; not attested.");
        }

        yield return Citation(Existing(bom, $"{Model}/hashes", "/vulnerabilities", "/properties"), dossier.Time, "aixv", "Found when this document was made.");
    }

    private static List<string> Existing(JsonObject bom, params string[] pointers) => [.. pointers.Where(pointer => Resolves(bom, pointer))];

    private static bool Resolves(JsonObject bom, string pointer)
    {
        JsonNode? node = bom;
        foreach (var step in pointer.Split('/')[1..])
        {
            node = node switch
            {
                JsonObject members => members[step],
                JsonArray { Count: > 0 } items when step == "0" => items[0],
                _ => null,
            };
        }

        return node is not null;
    }

    private static JsonObject Citation(IEnumerable<string> pointers, DateTimeOffset time, string attributedTo, string note) => new()
    {
        ["pointers"] = new JsonArray([.. pointers.Select(pointer => (JsonNode)pointer)]),
        ["timestamp"] = FactText.Of(time),
        ["attributedTo"] = attributedTo,
        ["note"] = note,
    };
}
