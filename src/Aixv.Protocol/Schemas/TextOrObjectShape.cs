using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A reference, or what it would lead to.</summary>
internal sealed class TextOrObjectShape : Shape
{
    private static readonly TextShape Text = new();

    protected internal override string Expected => "a string or an object";

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray(Text.ToSchema(), PlainShape.Object.ToSchema()) };

    public override JsonNode Read(JsonNode value, string path, Faults faults) => value.GetValueKind() switch
    {
        JsonValueKind.Object => value,
        JsonValueKind.String => Text.Read(value, path, faults),
        _ => Fault(value, path, faults),
    };
}
