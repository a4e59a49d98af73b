using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Records;

/// <summary>A record (<c>aixv.signed-record/v1</c>, protocol §2): what is signed is the bytes of its file.</summary>
/// <param name="Kind">Such as <c>policy</c> (<see cref="RecordKinds"/>).</param>
/// <param name="Id">Unique within its kind.</param>
/// <param name="CreatedAt">Seconds count. Unsigned in itself: the bundle's verified times are what counts.</param>
/// <param name="Payload">By the schema of the kind.</param>
/// <param name="SignatureBundlePath">Where the bundle is, relative to the record's file; null means <c>&lt;file&gt;.sigstore.json</c> beside it, if any.</param>
public sealed record SignedRecord(string Kind, RecordId Id, DateTimeOffset CreatedAt, JsonObject Payload, string? SignatureBundlePath = null)
{
    public const string Schema = "aixv.signed-record/v1";

    /// <summary>The largest record that is read, in bytes.</summary>
    public const int MaximumBytes = 4 * 1024 * 1024;

    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("kind", RecordKinds.Shape, Required: true),
        new Field("record_id", RecordId.Shape, Required: true),
        new Field("created_at", new TimeShape(), Required: true),
        new Field("payload", PlainShape.Object, Required: true),
        new Field("signature_bundle_path", new TextShape()));

    

    /// <summary>The file's bytes, a line feed at their end.</summary>
    public byte[] ToBytes() => [.. SortedJson.Serialize(ToJson()), (byte)'\n'];

    public JsonObject ToJson() => new()
    {
        ["schema"] = Schema,
        ["kind"] = Kind,
        ["record_id"] = Id.Value,
        ["created_at"] = CreatedAt.ToText(),
        ["payload"] = Payload.DeepClone(),
        ["signature_bundle_path"] = SignatureBundlePath,
    };

    /// <exception cref="FormatException">Not a record; the message names every place, what was found and what is allowed.</exception>
    public static SignedRecord Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = Shape.ReadInPlace(SortedJson.ParseObject(utf8, "signed record", MaximumBytes), "signed record");
        return new SignedRecord(
            json.RequiredText("kind"),
            RecordId.Parse(json.RequiredText("record_id")),
            json.Time("created_at")!.Value,
            json["payload"]!.DeepClone().AsObject(),
            json.Text("signature_bundle_path"));
    }
}
