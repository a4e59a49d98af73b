using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Sigstore.Verification;

namespace Aixv.Protocol.Admission;

/// <summary>A verified signature: who, when, and which log holds it.</summary>
public sealed record SignatureEvidence
{
    internal static ObjectShape Shape { get; } = new(
        new Field("signer", SignerEvidence.Shape, Required: true),
        new Field("integrated_time", new TimeShape()),
        new Field("times", new ListShape(TimeEvidence.Shape)),
        new Field("log_entries", new ListShape(LogEvidence.Shape)),
        new Field("predicate_type", new TextShape()));

    public required SignerEvidence Signer { get; init; }

    /// <summary>The earliest verified time, or null where there is none.</summary>
    public DateTimeOffset? IntegratedTime { get; init; }

    public ImmutableArray<TimeEvidence> Times { get; init; } = [];

    public ImmutableArray<LogEvidence> LogEntries { get; init; } = [];

    /// <summary>What the signed statement claims; null where the artifact itself was signed.</summary>
    public string? PredicateType { get; init; }

    public static SignatureEvidence Of(Verified verified)
    {
        ArgumentNullException.ThrowIfNull(verified);
        return new SignatureEvidence
        {
            Signer = SignerEvidence.Of(verified.Signer),
            IntegratedTime = verified.Times is [var first, ..] ? first.Time : null,
            Times = [.. verified.Times.Select(time => new TimeEvidence(Words.Of(time.Source), time.Time, time.Authority))],
            LogEntries = [.. verified.LogEntries.Select(entry => new LogEvidence(entry.Origin, entry.LogIndex, entry.Kind, entry.IntegratedTime))],
            PredicateType = verified.PredicateType,
        };
    }

    internal static SignatureEvidence Read(JsonObject json) => new()
    {
        Signer = SignerEvidence.Read(json, "signer")!,
        IntegratedTime = json.Time("integrated_time"),
        Times = [.. json.Objects("times").Select(TimeEvidence.Read)],
        LogEntries = [.. json.Objects("log_entries").Select(LogEvidence.Read)],
        PredicateType = json.Text("predicate_type"),
    };

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["signer"] = Signer.ToJson() };
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        json.AddIfAny("times", new JsonArray([.. Times.Select(time => time.ToJson())]));
        json.AddIfAny("log_entries", new JsonArray([.. LogEntries.Select(entry => entry.ToJson())]));
        json.AddIfAny("predicate_type", PredicateType);
        return json;
    }
}
