using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Transparency.Checkpoints;

namespace Aixv.Protocol.Receipts;

/// <summary>A log's key as a document names it: the C2SP verifier key and its life.</summary>
/// <param name="Verifier">An Ed25519 key whose name is the log's origin.</param>
public sealed record ReceiptLogKey(NoteVerifier Verifier, KeyLife Life)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("key", new TextShape(), Required: true),
        new Field("valid_from", new TimeShape()),
        new Field("valid_to", new TimeShape()),
        new Field("compromised_at", new TimeShape()));

    internal static ReceiptLogKey FromChecked(JsonObject json) => new(
        NoteVerifier.Parse(json.RequiredText("key")),
        new KeyLife(json.Time("valid_from"), json.Time("valid_to"), json.Time("compromised_at")));

    internal JsonObject ToJson()
    {
        var json = new JsonObject { ["key"] = Verifier.ToVerifierKey() };
        json.AddIfAny("valid_from", Life.ValidFrom?.ToText());
        json.AddIfAny("valid_to", Life.ValidTo?.ToText());
        json.AddIfAny("compromised_at", Life.CompromisedAt?.ToText());
        return json;
    }

    public bool Equals(ReceiptLogKey? other) =>
        other is not null && Verifier.ToVerifierKey() == other.Verifier.ToVerifierKey() && Life == other.Life;

    public override int GetHashCode() => Life.GetHashCode();
}
