using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Boms;

/// <summary>Facts as text, for members that take nothing else.</summary>
internal static class FactText
{
    /// <summary>A string as it is, any other value as JSON; a number keeps all its digits.</summary>
    public static string Of(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String
        ? value.GetValue<string>()
        : TryJson(value) ?? "(not text)";

    /// <summary>RFC 3339 in UTC, whole seconds.</summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static string Of(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? TryJson(JsonNode? value)
    {
        try
        {
            return Encoding.UTF8.GetString(SortedJson.Serialize(value));
        }
        catch (FormatException)
        {
            // A lone surrogate somewhere within.
            return null;
        }
    }
}
