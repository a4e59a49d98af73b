using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Artifacts;

namespace Aixv.Export.Importing;

/// <summary>Somebody's CycloneDX content, looked at leniently: what has another shape than expected is passed over.</summary>
internal sealed class CycloneDxBill
{
    private const int MaximumComponents = 200_000;
    private const string Model = "machine-learning-model";
    private readonly Dictionary<string, JsonObject> byReference = new(StringComparer.Ordinal);

    /// <exception cref="FormatException">There are too many components.</exception>
    public CycloneDxBill(JsonObject content)
    {
        Content = content;
        var open = new Stack<JsonNode?>([content]);
        var all = new List<JsonObject>();
        while (open.TryPop(out var node))
        {
            if (node is JsonObject members)
            {
                if (Text(members["bom-ref"]) is { } reference)
                {
                    byReference.TryAdd(reference, members);
                }

                if (Text(members["type"]) is not null && Text(members["name"]) is not null)
                {
                    all.Add(members);
                }
            }

            if (all.Count > MaximumComponents)
            {
                throw new FormatException($"the bill has more than {FactTextOf(MaximumComponents)} components");
            }

            foreach (var child in ChildrenOf(node).Reverse())
            {
                open.Push(child);
            }
        }

        Components = all;
        Main = Object(Object(content["metadata"])?["component"]) is { } stated && (IsModel(stated) || !Items(content["components"]).Any(IsModel))
            ? stated
            : Items(content["components"]).FirstOrDefault(IsModel) ?? Object(Object(content["metadata"])?["component"]);
    }

    public JsonObject Content { get; }

    /// <summary>Everything with a type and a name, in the document's order.</summary>
    public IReadOnlyList<JsonObject> Components { get; }

    /// <summary>What the bill is of: the model, where the component that the metadata names is only what carries it.</summary>
    public JsonObject? Main { get; }

    public static bool IsModel(JsonObject component) => Text(component["type"]) == Model;

    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) && text.Trim().Length > 0 ? text : null;

    public static JsonObject? Object(JsonNode? node) => node as JsonObject;

    public static IEnumerable<JsonObject> Items(JsonNode? node) => (node as JsonArray ?? []).OfType<JsonObject>();

    public JsonObject? Find(string? reference) => reference is null ? null : byReference.GetValueOrDefault(reference);

    /// <summary>What the component depends on, directly.</summary>
    public IEnumerable<JsonObject> DependenciesOf(JsonObject component) => Text(component["bom-ref"]) is not { } reference ? [] : Items(Content["dependencies"])
        .Where(d => Text(d["ref"]) == reference)
        .SelectMany(d => d["dependsOn"] as JsonArray ?? [])
        .Select(to => Find(Text(to)))
        .OfType<JsonObject>();

    public static Digest? DigestOf(JsonObject component) => Items(component["hashes"])
        .Where(h => Text(h["alg"]) == "SHA-256")
        .Select(h => BillSubject.DigestOrNull(Text(h["content"])))
        .FirstOrDefault(d => d is not null);

    public static string NameOf(JsonObject component) => Text(component["group"]) is { } group ? $"{group}/{Text(component["name"])}" : Text(component["name"]) ?? "";

    /// <summary>A property by its name.</summary>
    public static string? Property(JsonObject component, string name) => Items(component["properties"]).Where(p => Text(p["name"]) == name).Select(p => Text(p["value"])).FirstOrDefault();

    /// <summary>A parent or dataset.</summary>
    public static ReferenceFacts ReferenceOf(JsonObject component)
    {
        var (name, uri, digest) = (NameOf(component), UriOf(component), DigestOf(component));
        return new ReferenceFacts
        {
            Digest = digest,
            Uri = uri,
            Name = name.Length == 0 || name == uri || name == digest?.ToString() ? null : name,
            Split = Property(component, "aixv:split"),
            Relation = Property(component, "aixv:relation"),
        };
    }

    /// <summary>Where it is: a distribution, a repository or a page, else the package URL.</summary>
    public static string? UriOf(JsonObject component)
    {
        var references = Items(component["externalReferences"]).ToList();
        return ((string[])["distribution", "vcs", "source-distribution", "website", "documentation"])
            .Select(type => references.Where(r => Text(r["type"]) == type).Select(r => Text(r["url"])).FirstOrDefault(u => u is not null))
            .Append(Property(component, "aixv:uri"))
            .Append(Items(component["data"]).Select(d => Text(Object(d["contents"])?["url"])).FirstOrDefault(u => u is not null))
            .Append(Text(Object(component["contents"])?["url"]))
            .Append(Text(component["purl"]))
            .FirstOrDefault(u => u is not null);
    }

    private static string FactTextOf(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<JsonNode?> ChildrenOf(JsonNode? node) => node switch
    {
        JsonObject members => members.Select(m => m.Value).Where(v => v is JsonObject or JsonArray),
        JsonArray items => items,
        _ => [],
    };
}
