using System.Text.Json.Nodes;
using Aixv.Protocol.Records;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Advisories.Feeds;

/// <summary>Feeds of advisories (<c>aixv.advisory-feed/v1</c>): the header, and how one is made.</summary>
public static class AdvisoryFeed
{
    public const string Schema = "aixv.advisory-feed/v1";

    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema)),
        new Field("snapshot", FeedSnapshot.Shape),
        new Field("entries", new ListShape(FeedEntry.Shape, maximum: FeedSyncRequest.MaximumEntriesByDefault), Required: true));

    /// <summary>A feed that carries records and bundles in place.</summary>
    /// <param name="snapshot">Null for a feed without expiry. With one, sign the returned bytes and put the bundle at <c>&lt;feed&gt;.sigstore.json</c>.</param>
    /// <exception cref="FormatException">A record is not signed, or not in canonical form.</exception>
    public static byte[] Build(IEnumerable<StoredRecord> records, FeedSnapshot? snapshot)
    {
        ArgumentNullException.ThrowIfNull(records);
        var feed = new JsonObject { ["schema"] = Schema, ["entries"] = new JsonArray([.. records.Select(Entry)]) };
        feed.AddIfAny("snapshot", snapshot?.ToJson());
        return FeedEntry.ToFile(feed);
    }

    private static JsonObject Entry(StoredRecord record)
    {
        var bundle = record.BundlePath ?? throw new FormatException($"{record.Path}: not signed, so nobody would take it from a feed");
        var json = SortedJson.ParseObject(record.Bytes, "record", SignedRecord.MaximumBytes);
        return record.Bytes.Span.SequenceEqual(FeedEntry.ToFile(json))
            ? new JsonObject { ["record"] = json, ["bundle"] = SortedJson.ParseObject(BoundedFile.Read(bundle, FeedParts.MaximumPartBytes), "bundle", FeedParts.MaximumPartBytes) }
            : throw new FormatException($"{record.Path}: not in canonical form, so it cannot stand in a feed; publish the file and refer to it by record_url");
    }
}
