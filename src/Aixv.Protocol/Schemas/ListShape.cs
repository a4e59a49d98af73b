using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A list whose items are alike.</summary>
internal sealed class ListShape(Shape item, int minimum = 0, int maximum = 100_000) : Shape
{
    protected internal override string Expected => "a list";

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.ToSchema(), ["maxItems"] = maximum };
        if (minimum > 0)
        {
            schema["minItems"] = minimum;
        }

        return schema;
    }

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value is not JsonArray list)
        {
            return Fault(value, path, faults);
        }

        if (list.Count < minimum)
        {
            faults.Add(path, $"{list.Count} items, at least {minimum} expected");
        }

        if (list.Count > maximum)
        {
            faults.Add(path, $"{list.Count} items, at most {maximum} are accepted");
            return value;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var itemPath = path == NoPath ? path : $"{path}[{i}]";
            if (list[i] is not { } found)
            {
                faults.Add(itemPath, $"expected {item.Expected}, found nothing");
            }
            else if (item.Read(found, itemPath, faults) is var read && !ReferenceEquals(read, found))
            {
                list[i] = read;
            }
        }

        return value;
    }
}
