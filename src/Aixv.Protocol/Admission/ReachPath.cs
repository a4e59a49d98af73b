using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Advisories;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>One way in which an advisory comes to the artifact.</summary>
/// <param name="By">The selector that extends it; null where the advisory names the artifact itself.</param>
/// <param name="Edges">From the artifact that the advisory names to this one; empty where it is this one.</param>
public sealed record ReachPath(Selector? By, ImmutableArray<EdgeEvidence> Edges)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("by", Words.ShapeOf<Selector>()),
        new Field("edges", new ListShape(EdgeEvidence.Shape)));

    /// <summary>The advisory names the artifact.</summary>
    public static ReachPath Direct { get; } = new(null, []);

    internal static ReachPath Read(JsonObject json) => new(
        json.Text("by") is { } by ? Words.Parse<Selector>(by) : null, [.. json.Objects("edges").Select(EdgeEvidence.Read)]);

    public JsonObject ToJson()
    {
        var json = new JsonObject();
        json.AddIfAny("by", By is { } by ? Words.Of(by) : null);
        json.AddIfAny("edges", new JsonArray([.. Edges.Select(edge => edge.ToJson())]));
        return json;
    }
}
