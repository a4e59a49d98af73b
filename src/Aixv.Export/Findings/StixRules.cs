using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aixv.Export.Formats;

namespace Aixv.Export.Findings;

/// <summary>MUSTs of STIX 2.1: identifiers, common members, what each kind of object requires.</summary>
internal static partial class StixRules
{
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["attack-pattern"] = ["name"],
        ["campaign"] = ["name"],
        ["course-of-action"] = ["name"],
        ["grouping"] = ["context", "object_refs"],
        ["identity"] = ["name"],
        ["indicator"] = ["pattern", "pattern_type", "valid_from"],
        ["infrastructure"] = ["name"],
        ["intrusion-set"] = ["name"],
        ["malware"] = ["is_family"],
        ["note"] = ["content", "object_refs"],
        ["report"] = ["name", "published", "object_refs"],
        ["relationship"] = ["relationship_type", "source_ref", "target_ref"],
        ["sighting"] = ["sighting_of_ref"],
        ["threat-actor"] = ["name"],
        ["tool"] = ["name"],
        ["vulnerability"] = ["name"],
    };

    public static void Check(JsonPlace root)
    {
        CheckId(root, "bundle");
        foreach (var item in root.Objects("objects", minimum: 1))
        {
            if (item.Text("type", required: true) is { } type)
            {
                Check(item, type);
            }
        }
    }

    private static void Check(JsonPlace item, string type)
    {
        CheckId(item, type);
        item.Word("spec_version", false, "2.0", "2.1");
        if (Required.TryGetValue(type, out var members))
        {
            item.Time("created", required: true, utc: true);
            item.Time("modified", required: true, utc: true);
            foreach (var member in members)
            {
                item.Find(member, required: true);
            }
        }

        if (type == "file" && !item.Has("hashes") && !item.Has("name"))
        {
            item.Fault("hashes or name is required");
        }

        foreach (var (name, value) in item.Members!)
        {
            if (name.EndsWith("_ref", StringComparison.Ordinal))
            {
                CheckReference(item.Find(name));
            }
            else if (name.EndsWith("_refs", StringComparison.Ordinal) && value is JsonArray)
            {
                foreach (var reference in item.List(name, minimum: 1))
                {
                    CheckReference(reference);
                }
            }
            else if (value is JsonArray { Count: 0 })
            {
                item.Find(name)!.Fault("an empty list is not allowed (§2.1)");
            }
        }

        foreach (var reference in item.Objects("external_references"))
        {
            reference.Text("source_name", required: true);
            if (!reference.Has("description") && !reference.Has("url") && !reference.Has("external_id"))
            {
                reference.Fault("one of description, url and external_id is required");
            }
        }
    }

    private static void CheckReference(JsonPlace? reference)
    {
        if (reference is not null && (reference.AsText() is not { } id || !Identifier.IsMatch(id)))
        {
            reference.Fault("an identifier such as file--UUID is expected");
        }
    }

    private static void CheckId(JsonPlace item, string type)
    {
        if (item.Text("id", required: true) is { } id && (!Identifier.IsMatch(id) || !id.StartsWith($"{type}--", StringComparison.Ordinal)))
        {
            item.Find("id")!.Fault("the id must be the type, two dashes and a UUID");
        }
    }

    [GeneratedRegex("^[a-z][a-z0-9-]*--[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}$", RegexOptions.CultureInvariant)]
    private static partial Regex Identifier { get; }
}
