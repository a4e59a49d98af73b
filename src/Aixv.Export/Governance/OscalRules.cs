using System.Text.Json.Nodes;
using Aixv.Export.Formats;

namespace Aixv.Export.Governance;

/// <summary>References within an OSCAL document: to observations, risks and resources.</summary>
internal static class OscalRules
{
    public static void CheckReferences(JsonPlace root)
    {
        var uuids = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Collect(root.Node, uuids);
        Check(root, uuids);
    }

    private static void Collect(JsonNode? node, HashSet<string> uuids)
    {
        switch (node)
        {
            case JsonObject members:
                if (members["uuid"] is JsonValue value && value.TryGetValue<string>(out var uuid))
                {
                    uuids.Add(uuid);
                }

                foreach (var (_, member) in members)
                {
                    Collect(member, uuids);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item, uuids);
                }

                break;
        }
    }

    private static void Check(JsonPlace place, HashSet<string> uuids)
    {
        foreach (var (name, value) in place.Members ?? [])
        {
            if (name is "observation-uuid" or "risk-uuid" && place.Text(name) is { } uuid && !uuids.Contains(uuid))
            {
                place.Fault($"{name} {uuid} is nowhere in the document");
            }
            else if (name == "href" && place.Text(name) is ['#', .. var target] && Guid.TryParseExact(target, "D", out _) && !uuids.Contains(target))
            {
                place.Fault($"href #{target} is nowhere in the document");
            }
            else if (value is JsonObject)
            {
                Check(place.Find(name)!, uuids);
            }
            else if (value is JsonArray)
            {
                foreach (var item in place.List(name).Where(i => i.Members is not null))
                {
                    Check(item, uuids);
                }
            }
        }
    }
}
