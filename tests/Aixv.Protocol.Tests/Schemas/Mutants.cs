using System.Text.Json.Nodes;

namespace Aixv.Protocol.Tests.Schemas;

/// <summary>Documents with one fault each: a member left out, of another type, or unknown. Some of them are right all the same.</summary>
internal static class Mutants
{
    private static readonly string[] Others = ["null", "true", "7", "-1", "0.5", "\"x\"", "\" \"", "[]", "{}", "[1]", "[{}]", "[\"sha256:abc\"]"];

    /// <param name="maximum">Taken evenly from all.</param>
    public static IEnumerable<JsonObject> Of(JsonObject document, int maximum)
    {
        var changes = Changes(document, []).ToList();
        var step = Math.Max(1, (double)changes.Count / maximum);
        for (var i = 0.0; i < changes.Count; i += step)
        {
            var copy = document.DeepClone().AsObject();
            changes[(int)i](copy);
            yield return copy;
        }
    }

    private static IEnumerable<Action<JsonObject>> Changes(JsonNode node, object[] path)
    {
        if (node is JsonObject members)
        {
            yield return root => At(root, path).AsObject()["unknown_member"] = 1;
            foreach (var (name, value) in members.ToList())
            {
                yield return root => At(root, path).AsObject().Remove(name);
                foreach (var other in Others)
                {
                    yield return root => At(root, path).AsObject()[name] = JsonNode.Parse(other);
                }

                foreach (var change in value is null ? [] : Changes(value, [.. path, name]))
                {
                    yield return change;
                }
            }
        }
        else if (node is JsonArray { Count: > 0 } list)
        {
            yield return root => At(root, path).AsArray().Clear();
            yield return root => At(root, path).AsArray().Add(null);
            foreach (var change in Changes(list[0]!, [.. path, 0]))
            {
                yield return change;
            }
        }
    }

    private static JsonNode At(JsonNode root, object[] path) => path.Aggregate(root, (node, step) => step is int index ? node[index]! : node[(string)step]!);
}
