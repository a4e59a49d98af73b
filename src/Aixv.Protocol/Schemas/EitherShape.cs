using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>One value, or a list of them.</summary>
internal sealed class EitherShape(Shape one, ListShape many) : Shape
{
    protected internal override string Expected => "one value or a list";

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray(one.ToSchema(), many.ToSchema()) };

    public override JsonNode Read(JsonNode value, string path, Faults faults) =>
        value is JsonArray ? many.Read(value, path, faults) : one.Read(value, path, faults);
}
