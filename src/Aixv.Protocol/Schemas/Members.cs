using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Aixv.Sigstore.Artifacts;
using Aixv.Sigstore.Json;

namespace Aixv.Protocol.Schemas;

/// <summary>The members of a document that a <see cref="Shape"/> has read.</summary>
internal static class Members
{
    public static string? Text(this JsonObject json, string name) => json[name]?.GetValue<string>();

    public static string RequiredText(this JsonObject json, string name) => json.Text(name)!;

    public static ImmutableArray<string> Texts(this JsonObject json, string name) =>
        json[name] is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())] : [];

    public static bool Flag(this JsonObject json, string name, bool absent = false) => json[name]?.GetValue<bool>() ?? absent;

    public static int? Integer(this JsonObject json, string name) =>
        json[name] is { } value ? int.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    public static long? Long(this JsonObject json, string name) =>
        json[name] is { } value ? long.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    public static Digest? Digest(this JsonObject json, string name) =>
        json.Text(name) is { } text ? Sigstore.Artifacts.Digest.Parse(text) : null;

    public static ImmutableArray<Digest> Digests(this JsonObject json, string name) =>
        [.. json.Texts(name).Select(text => Sigstore.Artifacts.Digest.Parse(text))];

    public static DateTimeOffset? Time(this JsonObject json, string name) =>
        json.Text(name) is { } text && Rfc3339.TryParse(text, out var time) ? time : null;

    public static ImmutableArray<JsonObject> Objects(this JsonObject json, string name) =>
        json[name] is JsonArray list ? [.. list.Select(item => item!.AsObject())] : [];

    public static JsonArray ToJson(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    public static JsonArray ToJson(this IEnumerable<Digest> digests) => new([.. digests.Select(digest => (JsonNode)digest.ToString())]);

    /// <summary>A time as records carry it: seconds, <c>+00:00</c>.</summary>
    public static string ToText(this DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    public static void AddIfAny(this JsonObject json, string name, JsonNode? value)
    {
        if (value is not null and not JsonArray { Count: 0 })
        {
            json[name] = value;
        }
    }
}
