using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Receipts;

/// <summary>What a verifier must know of a statement; the rest is for the reader of its kind.</summary>
/// <param name="Kind">As <c>model.attested</c>.</param>
/// <param name="Time">When the registry took it.</param>
/// <param name="Content">The whole statement.</param>
public sealed record ReceiptStatement(string Kind, DateTimeOffset Time, JsonObject Content)
{
    private static readonly ObjectShape Shape = new(
        new Field("kind", new TextShape(), Required: true),
        new Field("time", new TimeShape(), Required: true)) { IsOpen = true };

    /// <exception cref="FormatException">Not one JSON object with kind and time; double members are refused.</exception>
    public static ReceiptStatement Parse(ReadOnlyMemory<byte> statement)
    {
        var json = Shape.ReadInPlace(SortedJson.ParseObject(statement, "statement", Receipt.MaximumStatement), "statement");
        return new ReceiptStatement(json.RequiredText("kind"), json.Time("time")!.Value, json);
    }

    /// <summary>The entry's id, or null when the statement gives none.</summary>
    public string? Id => Content["id"] is JsonValue id && id.TryGetValue<string>(out var text) ? text : null;
}
