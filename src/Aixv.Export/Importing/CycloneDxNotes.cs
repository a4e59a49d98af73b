using System.Globalization;
using System.Text.Json.Nodes;

namespace Aixv.Export.Importing;

/// <summary>What a CycloneDX bill says and a training claim has no place for.</summary>
internal static class CycloneDxNotes
{
    private static readonly string[] Described = ["supplier", "manufacturer", "authors", "author", "publisher", "version", "description", "copyright", "purl", "cpe"];

    public static void Add(CycloneDxBill bill, JsonObject main, List<string> notes)
    {
        if (main["licenses"] is JsonArray { Count: > 0 } licences)
        {
            var names = CycloneDxBill.Items(licences).Select(l => CycloneDxBill.Text(l["expression"])
                ?? CycloneDxBill.Text(CycloneDxBill.Object(l["license"])?["id"]) ?? CycloneDxBill.Text(CycloneDxBill.Object(l["license"])?["name"])).OfType<string>();
            notes.Add($"Not imported: the licence ({BillSubject.Shorten(string.Join(", ", names))}).");
        }

        var more = Described.Where(name => main[name] is not null).ToList();
        if (more.Count > 0)
        {
            notes.Add($"Not imported: what the bill says of the artifact itself ({string.Join(", ", more)}).");
        }

        var card = CycloneDxBill.Object(main["modelCard"]);
        if (card?["quantitativeAnalysis"] is not null || card?["considerations"] is not null)
        {
            notes.Add("Not imported: the model card's measurements and considerations.");
        }

        Count(bill.Content["vulnerabilities"], "vulnerabilities: an advisory needs an issuer who signs it", notes);
        Count(bill.Content["services"], "services", notes);
        Count(bill.Content["annotations"], "annotations", notes);
        Count(main["externalReferences"], "external references", notes);
        var others = CycloneDxBill.Items(bill.Content["components"]).Count(c => CycloneDxBill.Text(c["type"]) is not ("data" or "framework" or "machine-learning-model"));
        if (others > 0)
        {
            notes.Add($"Not imported: {others.ToString(CultureInfo.InvariantCulture)} other components.");
        }

        if (bill.Content["signature"] is not null)
        {
            notes.Add("The bill is signed (JSF); the signature was not verified, and what it says counts as described.");
        }
    }

    private static void Count(JsonNode? list, string what, List<string> notes)
    {
        if (list is JsonArray { Count: > 0 } items)
        {
            notes.Add($"Not imported: {items.Count.ToString(CultureInfo.InvariantCulture)} {what}.");
        }
    }
}
