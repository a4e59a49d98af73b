using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>One entry: a record and its bundle, each by reference or in place.</summary>
/// <param name="Record">A path or address, or the record itself: then its file is the canonical form (sorted members, no spaces) and a line feed.</param>
/// <param name="Bundle">A path or address, or the bundle itself.</param>
internal sealed record FeedEntry(JsonNode Record, JsonNode Bundle)
{
    private static Shape Part { get; } = new TextOrObjectShape();

    public static ObjectShape Shape { get; } = new(
        new Field("record", Part),
        new Field("record_url", new TextShape()),
        new Field("bundle", Part),
        new Field("bundle_url", new TextShape()));

    /// <exception cref="FormatException">Not an entry.</exception>
    public static FeedEntry Read(byte[] json)
    {
        var entry = Shape.ReadInPlace(SortedJson.ParseObject(json, "advisory feed entry", FeedParts.MaximumPartBytes), "advisory feed entry");
        return new FeedEntry(One(entry, "record", "record_url"), One(entry, "bundle", "bundle_url"));
    }

    private static JsonNode One(JsonObject entry, string inPlace, string reference) => (entry[inPlace], entry[reference]) switch
    {
        ({ } value, null) => value,
        (null, { } value) => value,
        (null, null) => throw new FormatException($"invalid advisory feed entry: $: {inPlace} or {reference} is required"),
        _ => throw new FormatException($"invalid advisory feed entry: $: {inPlace} and {reference} exclude each other"),
    };

    /// <summary>The bytes of a value that stands in place.</summary>
    public static byte[] ToFile(JsonObject value) => [.. SortedJson.Serialize(value), (byte)'\n'];
}
