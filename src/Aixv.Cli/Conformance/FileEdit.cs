using System.Text;
using System.Text.Json.Nodes;

namespace Aixv.Cli.Conformance;

/// <summary>One fault, made in a file that is right: <c>{"file", "at", "set" | "remove" | "flip"}</c> or <c>{"file", "append"}</c>.</summary>
internal static class FileEdit
{
    /// <exception cref="FormatException">The edit fits nothing in the file, so the vector would test nothing.</exception>
    public static void Apply(string folder, JsonObject edit)
    {
        var path = Path.Combine(folder, edit["file"]!.GetValue<string>());
        if (edit["append"] is { } text)
        {
            File.AppendAllText(path, text.GetValue<string>());
            return;
        }

        var json = JsonNode.Parse(File.ReadAllBytes(path))!;
        var pointer = edit["at"]!.GetValue<string>();
        var (parent, last) = Find(json, pointer);
        switch (parent)
        {
            case JsonObject members when members.ContainsKey(last):
                Change(edit, members[last], value => members[last] = value, () => members.Remove(last));
                break;
            case JsonObject members when edit.ContainsKey("set"):
                members[last] = edit["set"]?.DeepClone();
                break;
            case JsonArray items when int.TryParse(last, System.Globalization.CultureInfo.InvariantCulture, out var index) && index < items.Count:
                Change(edit, items[index], value => items[index] = value, () => items.RemoveAt(index));
                break;
            default:
                throw new FormatException($"{path}: nothing at {pointer}");
        }

        File.WriteAllText(path, json.ToJsonString());
    }

    private static void Change(JsonObject edit, JsonNode? old, Action<JsonNode?> replace, Action remove)
    {
        if (edit.ContainsKey("remove"))
        {
            remove();
        }
        else if (edit["flip"] is { } position)
        {
            replace(Flip(old!.GetValue<string>(), position.GetValue<int>()));
        }
        else
        {
            replace(edit["set"]?.DeepClone());
        }
    }

    /// <summary>Changes the lowest bit of a byte of a base64 text; a negative position counts from the end.</summary>
    private static string Flip(string base64, int position)
    {
        var bytes = Convert.FromBase64String(base64);
        bytes[position < 0 ? bytes.Length + position : position] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private static (JsonNode Parent, string Last) Find(JsonNode json, string pointer)
    {
        var words = pointer.Split('/')[1..];
        foreach (var word in words[..^1])
        {
            json = (json is JsonArray items ? items[int.Parse(word, System.Globalization.CultureInfo.InvariantCulture)] : json[word])
                ?? throw new FormatException($"nothing at {pointer}");
        }

        return (json, words[^1]);
    }

    /// <summary>Puts a file of a vector into its folder: a text as it is, JSON as JSON.</summary>
    public static void Write(string folder, string name, byte[] content)
    {
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
    }

    public static byte[] ToBytes(JsonNode? content) =>
        Encoding.UTF8.GetBytes(content is JsonValue value && value.TryGetValue<string>(out var text) ? text : content?.ToJsonString() ?? "null");
}
