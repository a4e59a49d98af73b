using System.Text.Json.Nodes;
using Aixv.Export.Boms;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Somebody's SPDX 2.x content, looked at leniently.</summary>
internal sealed class SpdxBill
{
    private const int MaximumPackages = 200_000;
    private static readonly string[] Known =
    [
        "DESCRIBES", "DESCRIBED_BY", "DESCENDANT_OF", "ANCESTOR_OF", "BUILD_DEPENDENCY_OF", "DATA_FILE_OF", "BUILD_TOOL_OF", "GENERATED_FROM", "GENERATES",
    ];

    private readonly Dictionary<string, JsonObject> byId = new(StringComparer.Ordinal);
    private readonly List<(string From, string Type, string To, string Comment)> relationships = [];
    private readonly JsonObject document;

    /// <exception cref="FormatException">There are too many packages.</exception>
    public SpdxBill(JsonObject document)
    {
        this.document = document;
        foreach (var package in CycloneDxBill.Items(document["packages"]))
        {
            if (CycloneDxBill.Text(package["SPDXID"]) is { } id)
            {
                byId.TryAdd(id, package);
            }
        }

        if (byId.Count > MaximumPackages)
        {
            throw new FormatException($"the document has more than {FactText.Of(MaximumPackages)} packages");
        }

        foreach (var relationship in CycloneDxBill.Items(document["relationships"]))
        {
            if (CycloneDxBill.Text(relationship["spdxElementId"]) is { } from
                && CycloneDxBill.Text(relationship["relationshipType"]) is { } type
                && CycloneDxBill.Text(relationship["relatedSpdxElement"]) is { } to)
            {
                relationships.Add((from, type, to, CycloneDxBill.Text(relationship["comment"]) ?? ""));
            }
        }
    }

    /// <summary>The relationships that nothing is read of.</summary>
    public int OtherRelationships => relationships.Count(r => !Known.Contains(r.Type));

    public JsonObject? Find(string id) => byId.GetValueOrDefault(id);

    /// <summary>The package that the document describes; another where the caller's digest is that one's.</summary>
    /// <exception cref="FormatException">Nothing says which.</exception>
    public JsonObject MainOf(Digest? artifact)
    {
        var described = (document["documentDescribes"] as JsonArray ?? []).Select(CycloneDxBill.Text)
            .Concat(relationships.Where(r => r is { From: SpdxContent.Document, Type: "DESCRIBES" }).Select(r => r.To))
            .Concat(relationships.Where(r => r is { To: SpdxContent.Document, Type: "DESCRIBED_BY" }).Select(r => r.From))
            .Select(id => id is null ? null : Find(id))
            .OfType<JsonObject>()
            .Distinct()
            .ToList();
        return (artifact is null ? null : described.Concat(byId.Values).FirstOrDefault(p => DigestOf(p) == artifact))
            ?? (described.Count > 0 ? described.FirstOrDefault(p => DigestOf(p) is not null) ?? described[0] : null)
            ?? (byId.Count == 1 ? byId.Values.First() : null)
            ?? throw new FormatException("the document does not say which package it describes (DESCRIBES)");
    }

    /// <summary>The other ends of the package's relationships: of type <paramref name="forward"/> from it, of type <paramref name="backward"/> to it.</summary>
    public IEnumerable<(string Id, string Comment)> Related(JsonObject package, string? forward, string? backward)
    {
        var id = CycloneDxBill.Text(package["SPDXID"]);
        return relationships
            .Where(r => (r.From == id && r.Type == forward) || (r.To == id && r.Type == backward))
            .Select(r => (r.From == id && r.Type == forward ? r.To : r.From, r.Comment));
    }

    public static Digest? DigestOf(JsonObject package) => CycloneDxBill.Items(package["checksums"])
        .Where(c => CycloneDxBill.Text(c["algorithm"]) == "SHA256")
        .Select(c => BillSubject.DigestOrNull(CycloneDxBill.Text(c["checksumValue"])))
        .FirstOrDefault(d => d is not null);

    public static ReferenceFacts ReferenceOf(JsonObject package)
    {
        var facts = AnnotatedFacts(package);
        var references = CycloneDxBill.Items(package["externalRefs"]).ToList();
        var uri = LocatorOf(references, "uri") ?? facts.FirstOrDefault(f => f.Name == "aixv:uri").Value
            ?? (CycloneDxBill.Text(package["downloadLocation"]) is { } place and not (SpdxText.NoAssertion or SpdxText.None) ? place : null)
            ?? LocatorOf(references, "purl");
        var (name, digest) = (CycloneDxBill.Text(package["name"]), DigestOf(package));
        return new ReferenceFacts
        {
            Digest = digest,
            Uri = uri,
            Name = name == uri || name == digest?.ToString() ? null : name,
            Split = facts.FirstOrDefault(f => f.Name == "aixv:split").Value,
            Relation = facts.FirstOrDefault(f => f.Name == "aixv:relation").Value,
        };
    }

    /// <summary>The lines <c>aixv:NAME: VALUE</c> of the package's annotations.</summary>
    public static List<(string Name, string Value)> AnnotatedFacts(JsonObject package)
    {
        var found = new List<(string, string)>();
        foreach (var line in CycloneDxBill.Items(package["annotations"]).Select(a => CycloneDxBill.Text(a["comment"]) ?? "").SelectMany(c => c.Split('\n')))
        {
            if (line.StartsWith("aixv:", StringComparison.Ordinal) && line.IndexOf(": ", StringComparison.Ordinal) is > 0 and var at)
            {
                found.Add((line[..at], line[(at + 2)..]));
            }
        }

        return found;
    }

    private static string? LocatorOf(List<JsonObject> references, string type) =>
        references.Where(r => CycloneDxBill.Text(r["referenceType"]) == type).Select(r => CycloneDxBill.Text(r["referenceLocator"])).FirstOrDefault(l => l is not null);
}
