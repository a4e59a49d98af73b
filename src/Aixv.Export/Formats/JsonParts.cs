using System.Text.Json.Nodes;

namespace Aixv.Export.Formats;

/// <summary>Builds JSON whose optional members are absent where there is nothing to say.</summary>
internal static class JsonParts
{
    /// <summary>Adds a member unless its value is null, an empty list or an empty object; returns the same object.</summary>
    public static JsonObject With(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not (null or JsonArray { Count: 0 } or JsonObject { Count: 0 }))
        {
            json[name] = value;
        }

        return json;
    }

    /// <summary>Adds a list, also an empty one.</summary>
    public static JsonObject WithList(this JsonObject json, string name, JsonArray list)
    {
        json[name] = list;
        return json;
    }

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> items) => new([.. items]);

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
