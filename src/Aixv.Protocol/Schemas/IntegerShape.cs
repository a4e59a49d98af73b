using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A whole number between two bounds, both allowed.</summary>
internal sealed class IntegerShape(long minimum, long maximum) : Shape
{
    protected internal override string Expected => $"a whole number from {minimum} to {maximum}";

    public override JsonObject ToSchema() => new() { ["type"] = "integer", ["minimum"] = minimum, ["maximum"] = maximum };

    public override JsonNode Read(JsonNode value, string path, Faults faults)
    {
        if (value.GetValueKind() != JsonValueKind.Number)
        {
            return Fault(value, path, faults);
        }

        if (!long.TryParse(value.ToJsonString(), out var number) || number < minimum || number > maximum)
        {
            faults.Add(path, $"expected {Expected}, found {Shorten(value.ToJsonString())}");
        }

        return value;
    }
}
