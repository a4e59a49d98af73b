using System.Text.Json.Nodes;

namespace Aixv.Track.OpenApi;

/// <summary>
/// Schemas in one line: <c>id! created_at:time! items:[Model]! hash hyperparameters:object</c>. A member is text unless it says otherwise;
/// <c>!</c> is always there and not null, the others may be absent or null. More members may come with later versions.
/// </summary>
internal static class SchemaText
{
    public static JsonObject Parse(string text)
    {
        var (properties, required) = (new JsonObject(), new JsonArray());
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var isRequired = word.EndsWith('!');
            var (name, type) = word.TrimEnd('!').Split(':') is [var n, var t] ? (n, t) : (word.TrimEnd('!'), "text");
            properties[name] = isRequired ? TypeOf(type) : OrNull(TypeOf(type));
            if (isRequired)
            {
                required.Add((JsonNode)name);
            }
        }

        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonObject TypeOf(string type) => type switch
    {
        "text" => new JsonObject { ["type"] = "string" },
        "time" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
        "int" => new JsonObject { ["type"] = "integer" },
        "bool" => new JsonObject { ["type"] = "boolean" },
        "object" => new JsonObject { ["type"] = "object" },
        "any" => [],
        ['[', .. var item, ']'] => new JsonObject { ["type"] = "array", ["items"] = TypeOf(item) },
        _ => new JsonObject { ["$ref"] = $"#/components/schemas/{type}" },
    };

    private static JsonObject OrNull(JsonObject type) => type switch
    {
        { Count: 0 } => type,
        _ when type["type"] is JsonValue name && name.GetValue<string>() != "array" => WithNull(type, name.GetValue<string>()),
        _ => new JsonObject { ["anyOf"] = new JsonArray(type, new JsonObject { ["type"] = "null" }) },
    };

    private static JsonObject WithNull(JsonObject type, string name)
    {
        type["type"] = new JsonArray((JsonNode)name, (JsonNode)"null");
        return type;
    }
}
