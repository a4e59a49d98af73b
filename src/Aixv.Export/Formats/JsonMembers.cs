using System.Text.Json.Nodes;

namespace Aixv.Export.Formats;

/// <summary>Members of other people's JSON, whatever they are.</summary>
internal static class JsonMembers
{
    /// <summary>The member as text; null where it is absent or no text, or where <paramref name="node"/> is no object.</summary>
    public static string? Text(JsonNode? node, string name) => node is JsonObject json ? Text(json[name]) : null;

    /// <summary>The value as text; null where it is none.</summary>
    public static string? Text(JsonNode? value) => value is JsonValue scalar && scalar.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The objects in a list, or the one object that stands for a list of one.</summary>
    public static IEnumerable<JsonObject> Objects(JsonNode? value) => value switch
    {
        JsonObject one => [one],
        JsonArray list => list.OfType<JsonObject>(),
        _ => [],
    };
}
