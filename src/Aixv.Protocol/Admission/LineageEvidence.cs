using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>What is known of the artifact's ancestors.</summary>
/// <param name="Depth">How far up was looked.</param>
/// <param name="IsComplete">Whether every line of descent ends within that depth.</param>
/// <param name="Ancestors">All that were found, each at its least depth.</param>
/// <param name="Cycles">Each cycle as a sentence.</param>
/// <param name="Contradictions">Each artifact for which two signers name different parents, as a sentence.</param>
public sealed record LineageEvidence(
    int Depth, bool IsComplete, ImmutableArray<AncestorEvidence> Ancestors, ImmutableArray<string> Cycles, ImmutableArray<string> Contradictions)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("depth", new IntegerShape(0, int.MaxValue), Required: true),
        new Field("complete", PlainShape.Boolean, Required: true),
        new Field("ancestors", new ListShape(AncestorEvidence.Shape)),
        new Field("cycles", new ListShape(new TextShape())),
        new Field("contradictions", new ListShape(new TextShape())));

    internal static LineageEvidence? Read(JsonObject parent, string name) => parent[name] is not JsonObject json ? null : new LineageEvidence(
        json.Integer("depth")!.Value,
        json.Flag("complete"),
        [.. json.Objects("ancestors").Select(AncestorEvidence.Read)],
        json.Texts("cycles"),
        json.Texts("contradictions"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["depth"] = Depth, ["complete"] = IsComplete };
        json.AddIfAny("ancestors", new JsonArray([.. Ancestors.Select(ancestor => ancestor.ToJson())]));
        json.AddIfAny("cycles", Cycles.ToJson());
        json.AddIfAny("contradictions", Contradictions.ToJson());
        return json;
    }
}
