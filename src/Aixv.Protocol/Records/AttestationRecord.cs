using System.Globalization;
using System.Text.Json.Nodes;
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

    /// <summary>The file's bytes.</summary>
    public byte[] ToBytes() => [.. SortedJson.Serialize(new JsonObject
    {
        ["schema"] = Schema,
        ["created_at"] = CreatedAt.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        ["predicate_type"] = PredicateType,
        ["statement"] = Statement.DeepClone(),
        ["signature_bundle_path"] = SignatureBundlePath,
    }), (byte)'\n'];

    /// <exception cref="FormatException">Not such a record.</exception>
    public static AttestationRecord Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = SortedJson.ParseObject(utf8, "attestation record", MaximumBytes);
        if (Text(json, "schema") != Schema)
        {
            throw new FormatException($"attestation record: schema '{Text(json, "schema")}', expected '{Schema}'");
        }

        return new AttestationRecord(
            DateTimeOffset.TryParse(Text(json, "created_at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var createdAt)
                ? createdAt
                : throw new FormatException("attestation record: created_at is not an RFC 3339 time"),
            Text(json, "predicate_type") ?? throw new FormatException("attestation record: predicate_type is missing"),
            json["statement"] as JsonObject ?? throw new FormatException("attestation record: statement is not an object"),
            Text(json, "signature_bundle_path"));
    }

    private static string? Text(JsonObject json, string name) => json[name] switch
    {
        null => null,
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        _ => throw new FormatException($"attestation record: {name} is not a string"),
    };
}
