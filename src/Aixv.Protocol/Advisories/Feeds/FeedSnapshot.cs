using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>What makes "no news" provable: a number that only grows and a time after which the feed no longer counts. It is worth what the feed file's signature is.</summary>
/// <param name="Number">Grows with every issue.</param>
/// <param name="IssuedAt">When.</param>
/// <param name="ExpiresAt">When a newer issue must be there, even without news.</param>
public sealed record FeedSnapshot(long Number, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("number", new IntegerShape(1, long.MaxValue), Required: true),
        new Field("issued_at", new TimeShape(), Required: true),
        new Field("expires_at", new TimeShape(), Required: true));

    internal static FeedSnapshot Read(JsonObject json) => new(json.Long("number")!.Value, json.Time("issued_at")!.Value, json.Time("expires_at")!.Value);

    public JsonObject ToJson() => new() { ["number"] = Number, ["issued_at"] = IssuedAt.ToText(), ["expires_at"] = ExpiresAt.ToText() };
}
