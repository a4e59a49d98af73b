using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Records;

/// <summary>One attestation as the store keeps it (<c>aixv.attestation-record/v1</c>).</summary>
/// <param name="CreatedAt">Seconds count.</param>
/// <param name="PredicateType">The URI of the claim's type.</param>
/// <param name="Statement">The in-toto statement.</param>
/// <param name="SignatureBundlePath">The bundle that signs it, relative to the record; null when unsigned.</param>
public sealed record AttestationRecord(DateTimeOffset CreatedAt, string PredicateType, JsonObject Statement, string? SignatureBundlePath)
{
    public const string Schema = "aixv.attestation-record/v1";
    private const int MaximumBytes = 32 * 1024 * 1024;

    // Open: what other implementations add is kept out of the way.
    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("created_at", new TimeShape(), Required: true),
        new Field("predicate_type", new TextShape(), Required: true),
        new Field("statement", PlainShape.Object, Required: true),
        new Field("signature_bundle_path", new TextShape()))
    { IsOpen = true };

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => [.. SortedJson.Serialize(new JsonObject
    {
        ["schema"] = Schema,
        ["created_at"] = CreatedAt.ToText(),
        ["predicate_type"] = PredicateType,
        ["statement"] = Statement.DeepClone(),
        ["signature_bundle_path"] = SignatureBundlePath,
    }), (byte)'\n'];

    /// <exception cref="FormatException">Not such a record; the message names every place.</exception>
    public static AttestationRecord Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = Shape.ReadInPlace(SortedJson.ParseObject(utf8, "attestation record", MaximumBytes), "attestation record");
        return new AttestationRecord(
            json.Time("created_at")!.Value,
            json.RequiredText("predicate_type"),
            json["statement"]!.DeepClone().AsObject(),
            json.Text("signature_bundle_path"));
    }
}
