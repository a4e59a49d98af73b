using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Predicates;

/// <summary>Checks the members of a claim, collecting every fault with its path. Null and absent are alike.</summary>
internal sealed class PredicateReader
{
    private const int MaximumFaults = 20;
    private readonly List<string> faults = [];

    public void Fault(string path, string message) => faults.Add($"{path}: {message}");

    /// <exception cref="FormatException">A fault was found.</exception>
    public void ThrowIfAny(string alias)
    {
        if (faults.Count > 0)
        {
            var more = faults.Count > MaximumFaults ? $"; and {faults.Count - MaximumFaults} more" : "";
            throw new FormatException($"invalid {alias} predicate: {string.Join("; ", faults.Take(MaximumFaults))}{more}");
        }
    }

    /// <summary>The member as an object; null when absent or not one, which is a fault.</summary>
    public JsonObject? Object(JsonObject parent, string name, string path) => Member<JsonObject>(parent, name, path, "an object");

    /// <summary>The items of a list of objects with their paths.</summary>
    public IEnumerable<(JsonObject Item, string Path)> Objects(JsonObject parent, string name, string path)
    {
        if (Member<JsonArray>(parent, name, path, "a list") is not { } list)
        {
            yield break;
        }

        for (var i = 0; i < list.Count; i++)
        {
            var itemPath = $"{Join(path, name)}[{i}]";
            if (list[i] is JsonObject item)
            {
                yield return (item, itemPath);
            }
            else
            {
                Fault(itemPath, $"expected an object, found {Kind(list[i])}");
            }
        }
    }

    /// <summary>Whether the member is there as text; another type or blank text is a fault.</summary>
    public bool Text(JsonObject parent, string name, string path)
    {
        if (parent[name] is not { } value)
        {
            return false;
        }

        if (value.GetValueKind() != JsonValueKind.String)
        {
            Fault(Join(path, name), $"expected a string, found {Kind(value)}");
            return true;
        }

        if (string.IsNullOrWhiteSpace(value.GetValue<string>()))
        {
            Fault(Join(path, name), "is empty; leave out what is not known");
        }

        return true;
    }

    /// <summary>Whether the member is there as a digest, rewritten as <c>sha256:</c> and lower-case hex.</summary>
    public bool Digest(JsonObject parent, string name, string path)
    {
        if (!Text(parent, name, path) || parent[name]!.GetValueKind() != JsonValueKind.String)
        {
            return parent[name] is not null;
        }

        var text = parent[name]!.GetValue<string>();
        if (Sigstore.Artifacts.Digest.TryParse(text, out var digest))
        {
            parent[name] = digest.ToString();
        }
        else if (text.Trim().Length > 0)
        {
            Fault(Join(path, name), IsCommit(text)
                ? $"{text.Trim()} is a git commit id, not a SHA-256 digest of bytes; it belongs in code_uri, as repo@{Hex(text)}"
                : $"invalid sha256 digest: {text}");
        }

        return true;
    }

    private static bool IsCommit(string text) => Hex(text) is { Length: 40 } hex && hex.All(char.IsAsciiHexDigit);

    private static string Hex(string text) => text.Trim()[(text.Trim().LastIndexOf(':') + 1)..];

    private T? Member<T>(JsonObject parent, string name, string path, string expected)
        where T : JsonNode
    {
        if (parent[name] is null or T)
        {
            return parent[name] as T;
        }

        Fault(Join(path, name), $"expected {expected}, found {Kind(parent[name])}");
        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Kind(JsonNode? value) => (value?.GetValueKind() ?? JsonValueKind.Null) switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => "nothing",
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a string",
        JsonValueKind.Number => "a number",
        JsonValueKind.True or JsonValueKind.False => "a boolean",
    };
}
