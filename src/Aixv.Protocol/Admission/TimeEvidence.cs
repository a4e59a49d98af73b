using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>A time that a trusted party signed. Seconds count.</summary>
/// <param name="Source"><c>timestamp-authority</c> or <c>transparency-log</c>.</param>
public sealed record TimeEvidence(string Source, DateTimeOffset Time, string Authority)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("source", new TextShape(), Required: true),
        new Field("time", new TimeShape(), Required: true),
        new Field("authority", new TextShape(), Required: true));

    internal static TimeEvidence Read(JsonObject json) => new(json.RequiredText("source"), json.Time("time")!.Value, json.RequiredText("authority"));

    public JsonObject ToJson() => new() { ["source"] = Source, ["time"] = Time.ToText(), ["authority"] = Authority };
}
