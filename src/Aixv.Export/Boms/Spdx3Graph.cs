using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;

namespace Aixv.Export.Boms;

/// <summary>The elements of an SPDX 3.0.1 document as they are gathered: each with an identifier and the document's creation information.</summary>
internal sealed class Spdx3Graph
{
    public const string Context = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
    public const string NoAssertionElement = "https://spdx.org/rdf/3.0.1/terms/Core/NoAssertionElement";
    public const string NoneElement = "https://spdx.org/rdf/3.0.1/terms/Core/NoneElement";
    public const string NoAssertionLicense = "https://spdx.org/rdf/3.0.1/terms/ExpandedLicensing/NoAssertionLicense";
    private const string Creation = "_:creation";
    private readonly string space;
    private readonly Dictionary<string, JsonObject> elements = new(StringComparer.Ordinal);

    public Spdx3Graph(string format, Dossier dossier)
    {
        var time = FactText.Of(dossier.Time);
        space = $"https://aixv.org/spdx3/{NameUuid.Of(format, dossier.Artifact.Digest, time):D}/";
        CreationInfo = new JsonObject
        {
            ["type"] = "CreationInfo",
            ["@id"] = Creation,
            ["specVersion"] = "3.0.1",
            ["created"] = time,
            ["createdBy"] = new JsonArray((JsonNode)IdOf("agent")),
            ["createdUsing"] = new JsonArray((JsonNode)IdOf("tool")),
        };
        Add("SoftwareAgent", "agent")["name"] = "aixv";
        Add("Tool", "tool")["name"] = $"aixv {dossier.ToolVersion}";
    }

    private JsonObject CreationInfo { get; }

    public string IdOf(string part) => space + part;

    /// <summary>The element of this part; a new one where there is none yet.</summary>
    public JsonObject Add(string type, string part)
    {
        var id = IdOf(part);
        if (!elements.TryGetValue(id, out var element))
        {
            elements.Add(id, element = new JsonObject { ["type"] = type, ["spdxId"] = id, ["creationInfo"] = Creation });
        }

        return element;
    }

    /// <summary>A relationship with its own identifier, made of its ends; one to nothing is left out.</summary>
    public void Relate(string from, string type, IEnumerable<string> to, string? comment = null, string? completeness = null)
    {
        string[] ends = [.. to.Distinct(StringComparer.Ordinal)];
        if (ends.Length == 0)
        {
            return;
        }

        var relationship = Add("Relationship", $"relationship/{FactText.Of(elements.Count)}");
        relationship.AddText("comment", comment);
        relationship["from"] = from;
        relationship["relationshipType"] = type;
        relationship["to"] = new JsonArray([.. ends.Select(end => (JsonNode)end)]);
        relationship.AddText("completeness", completeness);
    }

    public void Annotate(string subject, string statement)
    {
        var annotation = Add("Annotation", $"annotation/{FactText.Of(elements.Count)}");
        annotation["annotationType"] = "other";
        annotation["statement"] = statement;
        annotation["subject"] = subject;
    }

    public JsonObject ToJson() => new()
    {
        ["@context"] = Context,
        ["@graph"] = new JsonArray([CreationInfo, .. elements.Values]),
    };
}
