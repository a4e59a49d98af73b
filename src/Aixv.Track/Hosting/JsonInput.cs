using System.Text.Json;
using Aixv.Sigstore.Json;

namespace Aixv.Track.Hosting;

/// <summary>Typed members of a request's JSON object. Null and absent are the same; a wrong type is refused with the member's name.</summary>
internal static class JsonInput
{
    /// <summary>The member as text.</summary>
    /// <exception cref="ApiError">Not a string, or not valid text.</exception>
    public static string? Text(JsonElement json, string name) => Find(json, name) is { } value ? TextOf(value, name) : null;

    private static string TextOf(JsonElement value, string name)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw ApiError.InvalidInput(name, "expected text");
        }
        catch (InvalidOperationException)
        {
            throw ApiError.InvalidInput(name, "is not valid text");
        }
    }

    /// <summary>The member as a list of texts.</summary>
    /// <exception cref="ApiError">Something else, or longer than <paramref name="maximum"/>.</exception>
    public static IReadOnlyList<string>? Texts(JsonElement json, string name, int maximum)
    {
        if (Find(json, name) is not { } value)
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > maximum)
        {
            throw ApiError.InvalidInput(name, $"expected a list of at most {maximum} texts");
        }

        var texts = new string[value.GetArrayLength()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = TextOf(value[i], $"{name}[{i}]");
        }

        return texts;
    }

    /// <summary>The member as a whole number.</summary>
    /// <exception cref="ApiError">Not a whole number within the bounds.</exception>
    public static long? Number(JsonElement json, string name, long minimum, long maximum) => Find(json, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt64(out var number) && number >= minimum && number <= maximum => number,
        _ => throw ApiError.InvalidInput(name, $"expected a whole number from {minimum} to {maximum}"),
    };

    /// <summary>The member as an RFC 3339 time.</summary>
    /// <exception cref="ApiError">Something else.</exception>
    public static DateTimeOffset? Time(JsonElement json, string name) => Text(json, name) switch
    {
        null => null,
        var text when Rfc3339.TryParse(text, out var time) => time,
        _ => throw ApiError.InvalidInput(name, "expected a time as 2026-01-31T12:00:00Z"),
    };

    /// <summary>The member, unless it is absent or null.</summary>
    public static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
