using System.Globalization;
using System.Text.Json;

namespace Aixv.Sigstore.Tuf;

/// <summary>Reads members of TUF documents; what is missing or of another kind is <see cref="TufRefusal.Malformed"/>.</summary>
internal static class TufJson
{
    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    internal static TufException Malformed(string what) => new(TufRefusal.Malformed, what);

    internal static JsonElement Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions
            {
                MaxDepth = TufLimits.JsonDepth,
                AllowDuplicateProperties = false,
            });
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? document.RootElement.Clone()
                : throw Malformed($"{what}: a JSON object was expected");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TufException(TufRefusal.Malformed, $"{what}: not valid JSON ({e.Message})", e);
        }
    }

    internal static JsonElement Member(JsonElement parent, string name, JsonValueKind kind, string what) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : throw Malformed($"{what}: '{name}' is missing, or is not of the kind {kind}");

    internal static JsonElement Object(JsonElement parent, string name, string what) => Member(parent, name, JsonValueKind.Object, what);

    internal static JsonElement Array(JsonElement parent, string name, string what) => Member(parent, name, JsonValueKind.Array, what);

    internal static string Text(JsonElement parent, string name, string what) => Text(Member(parent, name, JsonValueKind.String, what), what);

    internal static string Text(JsonElement value, string what)
    {
        try
        {
            return value.GetString() ?? throw Malformed($"{what}: a string was expected, found null");
        }
        catch (InvalidOperationException e)
        {
            throw new TufException(TufRefusal.Malformed, $"{what}: a string was expected", e);
        }
    }

    /// <summary>The member names of an object, as text.</summary>
    internal static IEnumerable<(string Name, JsonElement Value)> Members(JsonElement value, string what)
    {
        foreach (var member in value.EnumerateObject())
        {
            string name;
            try
            {
                name = member.Name;
            }
            catch (InvalidOperationException e)
            {
                throw new TufException(TufRefusal.Malformed, $"{what}: a member name is not valid Unicode", e);
            }

            yield return (name, member.Value);
        }
    }

    internal static long Integer(JsonElement parent, string name, long minimum, string what) =>
        Member(parent, name, JsonValueKind.Number, what).TryGetInt64(out var value) && value >= minimum
            ? value
            : throw Malformed($"{what}: '{name}' must be a whole number of at least {minimum}");

    internal static long? OptionalInteger(JsonElement parent, string name, long minimum, string what) =>
        parent.TryGetProperty(name, out _) ? Integer(parent, name, minimum, what) : null;

    internal static bool Flag(JsonElement parent, string name, bool? absent, string what)
    {
        if (!parent.TryGetProperty(name, out var value))
        {
            return absent ?? throw Malformed($"{what}: '{name}' is missing");
        }

        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Malformed($"{what}: '{name}' must be true or false");
    }

    internal static DateTimeOffset Time(JsonElement parent, string name, string what)
    {
        var text = Text(parent, name, what);
        return DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw Malformed($"{what}: '{name}' is '{text}', a time like 2030-01-31T00:00:00Z was expected");
    }
}
