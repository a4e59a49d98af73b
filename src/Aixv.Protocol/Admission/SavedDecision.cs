using System.Text.Json.Nodes;
using Aixv.Protocol.Policies;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Statements;

namespace Aixv.Protocol.Admission;

/// <summary>A decision with all that it rests on (<c>aixv.saved-decision/v1</c>), so that anybody can make it again, offline.</summary>
/// <param name="Decision">The decision as it was written.</param>
/// <param name="Evidence">What was known.</param>
/// <param name="Policy">What was asked.</param>
/// <param name="DecidedAt">When.</param>
public sealed record SavedDecision(JsonObject Decision, Evidence Evidence, Policy Policy, DateTimeOffset DecidedAt)
{
    public const string Schema = "aixv.saved-decision/v1";

    /// <summary>The largest file that is read, in bytes.</summary>
    public const int MaximumBytes = 64 * 1024 * 1024;

    internal static ObjectShape Shape { get; } = new(
        new Field("schema", TextShape.OneOf(Schema), Required: true),
        new Field("decided_at", new TimeShape(), Required: true),
        new Field("policy", PolicyReader.Shape, Required: true),
        new Field("evidence", Evidence.Shape, Required: true),
        new Field("decision", AdmissionDecision.Shape, Required: true));

    public static SavedDecision Of(AdmissionDecision decision, Evidence evidence, Policy policy)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new SavedDecision(decision.ToJson(), evidence, policy, decision.DecidedAt);
    }

    /// <exception cref="FormatException">Not such a file; the message names every place.</exception>
    public static SavedDecision Parse(ReadOnlyMemory<byte> utf8)
    {
        var json = Shape.ReadInPlace(SortedJson.ParseObject(utf8, "saved decision", MaximumBytes), "saved decision");
        return new SavedDecision(
            json["decision"]!.AsObject(),
            Evidence.FromChecked(json["evidence"]!.AsObject()),
            PolicyReader.FromChecked(json["policy"]!.AsObject()),
            json.Time("decided_at")!.Value);
    }

    /// <summary>The file's bytes, a line feed at their end.</summary>
    public byte[] ToBytes() => [.. SortedJson.Serialize(new JsonObject
    {
        ["schema"] = Schema,
        ["decided_at"] = DecidedAt.ToText(),
        ["policy"] = Policy.ToJson(),
        ["evidence"] = Evidence.ToJson(),
        ["decision"] = Decision.DeepClone(),
    }), (byte)'\n'];

    /// <summary>Decides again from what was saved. The decision must come out byte for byte.</summary>
    public Replay Replay() => new(this, AdmissionEngine.Decide(Evidence, Policy, DecidedAt));

    /// <summary>What another policy would have said.</summary>
    public Replay Replay(Policy other) => new(this, AdmissionEngine.Decide(Evidence, other, DecidedAt));

    /// <summary>What would have been decided then: of the evidence that existed, by that clock.</summary>
    public Replay Replay(DateTimeOffset asOf, Policy? other = null) => new(this, AdmissionEngine.Decide(Evidence.AsOf(asOf), other ?? Policy, asOf));
}
