using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Export.Dossiers;
using Aixv.Sigstore.Json;

namespace Aixv.Export.Attestations;

/// <summary>MUSTs about one member of an object, on documents of anybody; each fault has the member's path.</summary>
internal static class MemberRules
{
    private const string Expected = " is expected";

    public static string? Text(this JsonNode? owner, string name) =>
        (owner as JsonObject)?[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static string? Text(this JsonNode? node) => node is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    public static IEnumerable<string> MustHaveText(this JsonObject owner, string path, string name, bool required = true) =>
        owner.Must(path, name, required, owner.Text(name) is { Length: > 0 }, "text");

    public static IEnumerable<string> MustHaveUri(this JsonObject owner, string path, string name, bool required = true) =>
        owner.Must(path, name, required, Uris.IsAbsolute(owner.Text(name)), "a URI");

    public static IEnumerable<string> MustHaveTime(this JsonObject owner, string path, string name, bool required = true) =>
        owner.Must(path, name, required, owner.Text(name) is { } text && Rfc3339.TryParse(text, out _), "an RFC 3339 time");

    public static IEnumerable<string> MustHaveBoolean(this JsonObject owner, string path, string name, bool required = true) =>
        owner.Must(path, name, required, owner[name]?.GetValueKind() is JsonValueKind.True or JsonValueKind.False, "a boolean");

    public static IEnumerable<string> MustHaveOneOf(this JsonObject owner, string path, string name, params string[] words) =>
        owner.Must(path, name, true, owner.Text(name) is { } text && words.Contains(text), $"one of {string.Join(", ", words)}");

    /// <summary>An object, and what must hold for it.</summary>
    public static IEnumerable<string> MustHaveObject(
        this JsonObject owner, string path, string name, Func<JsonObject, string, IEnumerable<string>>? rules = null, bool required = true) =>
        owner[name] is JsonObject found ? rules?.Invoke(found, $"{path}.{name}") ?? [] : owner.Must(path, name, required, false, "an object");

    /// <summary>A list, and what must hold for each of its items.</summary>
    public static IEnumerable<string> MustHaveList(
        this JsonObject owner, string path, string name, Func<JsonNode?, string, IEnumerable<string>> rules, bool required = true, int minimum = 0) =>
        owner[name] is JsonArray found && found.Count >= minimum
            ? found.SelectMany((item, i) => rules(item, $"{path}.{name}[{i}]"))
            : owner.Must(path, name, required, false, minimum > 0 ? $"a list of at least {minimum}" : "a list");

    public static IEnumerable<string> MustHaveTexts(this JsonObject owner, string path, string name, bool required = true) => owner.MustHaveList(
        path, name, (item, place) => item is JsonValue value && value.GetValueKind() == JsonValueKind.String ? [] : [$"{place}: text{Expected}"], required);

    public static IEnumerable<string> MustHaveDescriptors(this JsonObject owner, string path, string name, bool required = true) =>
        owner.MustHaveList(path, name, (item, place) => StatementRules.Descriptor(item, place), required);

    /// <summary>A map of digests by algorithm.</summary>
    public static IEnumerable<string> MustHaveDigests(this JsonObject owner, string path, string name, bool required = true) =>
        owner.MustHaveObject(path, name, StatementRules.Digests, required);

    private static IEnumerable<string> Must(this JsonObject owner, string path, string name, bool required, bool holds, string what) =>
        holds || (!required && owner[name] is null) ? [] : [$"{path}.{name}: {what}{Expected}"];
}
