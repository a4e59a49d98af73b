using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Aixv.Protocol.Statements;

namespace Aixv.Export.Attestations;

/// <summary>JSON for members that in-toto defines as <c>google.protobuf.Struct</c>, whose numbers are doubles.</summary>
internal static class StructValues
{
    private const long MaximumInteger = 1L << 53;
    private const int MaximumDigits = 17;

    /// <summary>The same value, with the numbers that a double cannot hold as text.</summary>
    public static JsonNode? Of(JsonNode? value) => value switch
    {
        JsonObject members => Of(members),
        JsonArray items => new JsonArray([.. items.Select(Of)]),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number && SortedJson.Scalar(number) is var text && !Fits(text) => text,
        _ => value?.DeepClone(),
    };

    public static JsonObject Of(JsonObject members) => new(members.Select(member => KeyValuePair.Create(member.Key, Of(member.Value))));

    private static bool Fits(string number)
    {
        if (!number.AsSpan().ContainsAny('.', 'e', 'E'))
        {
            return long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) && integer is >= -MaximumInteger and <= MaximumInteger;
        }

        var digits = number.TakeWhile(c => c is not ('e' or 'E')).Where(char.IsAsciiDigit).ToList();
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var found)
            && double.IsFinite(found)
            && (found != 0 || digits.TrueForAll(d => d == '0'))
            && digits.SkipWhile(d => d == '0').Count() <= MaximumDigits;
    }
}
