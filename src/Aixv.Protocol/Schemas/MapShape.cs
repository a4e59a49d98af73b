using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>An object whose names are free, or among some words, and whose values are alike.</summary>
internal sealed class MapShape(Shape value, params string[] names) : Shape
{
    protected internal override string Expected => "an object";

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = value.ToSchema() };
        if (names.Length > 0)
        {
            schema["propertyNames"] = new JsonObject { ["enum"] = new JsonArray([.. names.Select(n => (JsonNode)n)]) };
        }

        return schema;
    }

    public override JsonNode Read(JsonNode node, string path, Faults faults)
    {
        if (node is not JsonObject map)
        {
            return Fault(node, path, faults);
        }

        foreach (var (name, found) in map.ToList())
        {
            var memberPath = ObjectShape.Join(path, name);
            if (names.Length > 0 && !names.Contains(name))
            {
                faults.Add(path, $"unknown member '{Shorten(name)}', allowed: {string.Join(", ", names)}");
            }
            else if (found is null)
            {
                faults.Add(memberPath, $"expected {value.Expected}, found nothing");
            }
            else if (value.Read(found, memberPath, faults) is var read && !ReferenceEquals(read, found))
            {
                map[name] = read;
            }
        }

        return node;
    }
}
