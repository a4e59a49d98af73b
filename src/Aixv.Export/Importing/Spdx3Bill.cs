using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Somebody's SPDX 3.0 graph, looked at leniently.</summary>
internal sealed class Spdx3Bill
{
    private const int MaximumElements = 500_000;
    private readonly Dictionary<string, JsonObject> byId = new(StringComparer.Ordinal);
    private readonly List<(string From, string Type, string To, string Comment)> relationships = [];

    /// <exception cref="FormatException">There are too many elements.</exception>
    public Spdx3Bill(JsonObject root)
    {
        foreach (var element in Spdx3Rules.ElementsOf(root))
        {
            if ((CycloneDxBill.Text(element["spdxId"]) ?? CycloneDxBill.Text(element["@id"])) is { } id)
            {
                byId.TryAdd(id, element);
            }

            if (CycloneDxBill.Text(element["from"]) is { } from && CycloneDxBill.Text(element["relationshipType"]) is { } type)
            {
                foreach (var to in (element["to"] as JsonArray ?? [element["to"]?.DeepClone()]).Select(CycloneDxBill.Text).OfType<string>())
                {
                    relationships.Add((from, type, to, CycloneDxBill.Text(element["comment"]) ?? ""));
                }
            }

            if (byId.Count > MaximumElements || relationships.Count > MaximumElements)
            {
                throw new FormatException($"the document has more than {FactText.Of(MaximumElements)} elements");
            }
        }
    }

    public JsonObject? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The root element that is a package, through a bill of materials where one stands between; another where the caller's digest is that one's.</summary>
    /// <exception cref="FormatException">Nothing says which.</exception>
    public JsonObject MainOf(Digest? artifact)
    {
        var roots = byId.Values.Where(e => CycloneDxBill.Text(e["type"]) is "SpdxDocument" or "Bom" or "software_Sbom")
            .SelectMany(e => e["rootElement"] as JsonArray ?? [])
            .Select(id => CycloneDxBill.Text(id) is { } text ? Find(text) : null)
            .OfType<JsonObject>()
            .Where(IsPackage)
            .Distinct()
            .ToList();
        return (artifact is null ? null : roots.Concat(byId.Values.Where(IsPackage)).FirstOrDefault(p => DigestOf(p) == artifact))
            ?? roots.FirstOrDefault(r => CycloneDxBill.Text(r["type"]) == "ai_AIPackage")
            ?? roots.FirstOrDefault()
            ?? byId.Values.FirstOrDefault(e => CycloneDxBill.Text(e["type"]) == "ai_AIPackage")
            ?? throw new FormatException("the document has no package among its root elements");
    }

    public IEnumerable<(string Id, string Comment)> Related(JsonObject element, string type)
    {
        var id = CycloneDxBill.Text(element["spdxId"]);
        return relationships.Where(r => r.From == id && r.Type == type).Select(r => (r.To, r.Comment));
    }

    public IEnumerable<(string Id, string Comment)> RelatedBack(JsonObject element, string type)
    {
        var id = CycloneDxBill.Text(element["spdxId"]);
        return relationships.Where(r => r.To == id && r.Type == type).Select(r => (r.From, r.Comment));
    }

    public static Digest? DigestOf(JsonObject element) => CycloneDxBill.Items(element["verifiedUsing"])
        .Where(h => CycloneDxBill.Text(h["algorithm"]) == "sha256")
        .Select(h => BillSubject.DigestOrNull(CycloneDxBill.Text(h["hashValue"])))
        .FirstOrDefault(d => d is not null);

    public static ReferenceFacts ReferenceOf(JsonObject package)
    {
        var uri = CycloneDxBill.Items(package["externalRef"]).SelectMany(r => r["locator"] as JsonArray ?? []).Select(CycloneDxBill.Text).FirstOrDefault(l => l is not null)
            ?? Said(package, "uri")
            ?? CycloneDxBill.Text(package["software_downloadLocation"])
            ?? CycloneDxBill.Text(package["software_packageUrl"])
            ?? CycloneDxBill.Text(package["software_homePage"]);
        var (name, digest) = (CycloneDxBill.Text(package["name"]), DigestOf(package));
        return new ReferenceFacts
        {
            Digest = digest,
            Uri = uri,
            Name = (name == uri && uri is not null) || name == digest?.ToString() ? null : name ?? (uri is null && digest is null ? CycloneDxBill.Text(package["spdxId"]) : null),
            Split = Said(package, "split"),
            Relation = Said(package, "relation"),
        };
    }

    /// <summary>A dictionary's entries; values are text.</summary>
    public static JsonObject Entries(JsonNode? list)
    {
        var found = new JsonObject();
        foreach (var entry in CycloneDxBill.Items(list))
        {
            if (entry["key"] is JsonValue key && key.TryGetValue<string>(out var name))
            {
                found.TryAdd(name, entry["value"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "");
            }
        }

        return found;
    }

    private static bool IsPackage(JsonObject element) => CycloneDxBill.Text(element["type"]) is "software_Package" or "ai_AIPackage" or "dataset_DatasetPackage" or "software_File";

    /// <summary>What AIXV writes into a package's comment: <c>split: train; relation: finetune</c>.</summary>
    private static string? Said(JsonObject package, string name) => (CycloneDxBill.Text(package["comment"]) ?? "").Split("; ")
        .Where(part => part.StartsWith($"{name}: ", StringComparison.Ordinal))
        .Select(part => part[(name.Length + 2)..])
        .FirstOrDefault();
}
