using System.Text.Json;
using System.Text.Json.Nodes;

namespace Aixv.Protocol.Schemas;

/// <summary>A value of one JSON type, whatever it is.</summary>
internal sealed class PlainShape : Shape
{
    private readonly JsonValueKind[] kinds;
    private readonly string? type;

    private PlainShape(string expected, string? type, params JsonValueKind[] kinds)
    {
        Expected = expected;
        this.type = type;
        this.kinds = kinds;
    }

    public static PlainShape Boolean { get; } = new("a boolean", "boolean", JsonValueKind.True, JsonValueKind.False);

    /// <summary>A string, empty or not.</summary>
    public static PlainShape String { get; } = new("a string", "string", JsonValueKind.String);

    public static PlainShape Number { get; } = new("a number", "number", JsonValueKind.Number);

    /// <summary>An object that is kept as it is.</summary>
    public static PlainShape Object { get; } = new("an object", "object", JsonValueKind.Object);

    /// <summary>Anything at all.</summary>
    public static PlainShape Any { get; } = new("a value", null);

    protected internal override string Expected { get; }

    public override JsonObject ToSchema() => type is null ? [] : new JsonObject { ["type"] = type };

    public override JsonNode Read(JsonNode value, string path, Faults faults) =>
        type is null || kinds.Contains(value.GetValueKind()) ? value : Fault(value, path, faults);
}
