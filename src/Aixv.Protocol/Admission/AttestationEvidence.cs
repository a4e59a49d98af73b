using System.Text.Json.Nodes;
using Aixv.Protocol.Lineage;
using Aixv.Protocol.Schemas;

namespace Aixv.Protocol.Admission;

/// <summary>A statement about the artifact that was found.</summary>
/// <param name="PredicateType">The claim's URI.</param>
/// <param name="Tier">Attested only where the signature was verified.</param>
/// <param name="Signer">Who signed it; null where nobody did, verifiably.</param>
/// <param name="IntegratedTime">When.</param>
/// <param name="Source">Where it was found, for people.</param>
public sealed record AttestationEvidence(string PredicateType, EvidenceTier Tier, SignerEvidence? Signer, DateTimeOffset? IntegratedTime, string? Source)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("predicate_type", new TextShape(), Required: true),
        new Field("tier", Words.ShapeOf<EvidenceTier>(), Required: true),
        new Field("signer", SignerEvidence.Shape),
        new Field("integrated_time", new TimeShape()),
        new Field("source", new TextShape()));

    internal static AttestationEvidence Read(JsonObject json) => new(
        json.RequiredText("predicate_type"),
        Words.Parse<EvidenceTier>(json.RequiredText("tier")),
        SignerEvidence.Read(json, "signer"),
        json.Time("integrated_time"),
        json.Text("source"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["predicate_type"] = PredicateType, ["tier"] = Words.Of(Tier) };
        json.AddIfAny("signer", Signer?.ToJson());
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        json.AddIfAny("source", Source);
        return json;
    }
}
