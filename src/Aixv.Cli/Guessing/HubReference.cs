using System.Text.Json.Nodes;

namespace Aixv.Cli.Guessing;

/// <summary>A model or dataset as hub files name it: <c>org/name</c>.</summary>
internal static class HubReference
{
    /// <summary>Null for a path of somebody's machine, which names nothing to others.</summary>
    /// <param name="prefix"><c>hf://</c> or <c>hf://datasets/</c>.</param>
    public static JsonObject? TryCreate(string name, string prefix, string? revision = null)
    {
        if (name.Length == 0 || name[0] is '/' or '.' or '~' || name.Contains('\\', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) || name.Split('/').Length > 2)
        {
            return null;
        }

        var reference = new JsonObject { ["name"] = name };
        if (name.Contains('/', StringComparison.Ordinal))
        {
            reference["uri"] = revision is null ? $"{prefix}{name}" : $"{prefix}{name}@{revision}";
        }

        return reference;
    }
}
