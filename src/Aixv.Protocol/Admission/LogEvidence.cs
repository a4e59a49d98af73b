using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>A verified log entry: which log, and where in it.</summary>
public sealed record LogEvidence(string Log, long Index, string Kind, DateTimeOffset? IntegratedTime)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("log", new TextShape(), Required: true),
        new Field("index", new IntegerShape(0, long.MaxValue), Required: true),
        new Field("kind", new TextShape(), Required: true),
        new Field("integrated_time", new TimeShape()));

    internal static LogEvidence Read(JsonObject json) =>
        new(json.RequiredText("log"), json.Long("index")!.Value, json.RequiredText("kind"), json.Time("integrated_time"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["log"] = Log, ["index"] = Index, ["kind"] = Kind };
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        return json;
    }
}
