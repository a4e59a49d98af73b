using System.Text.Json.Nodes;
using Aixv.Protocol.Schemas;
using Aixv.Protocol.Waivers;

namespace Aixv.Protocol.Admission;

/// <summary>A waiver that was found. Whether it counts is for the policy to say.</summary>
/// <param name="Signer">Who signed it; null where nobody did, verifiably.</param>
public sealed record WaiverEvidence(Waiver Waiver, SignerEvidence? Signer, DateTimeOffset? IntegratedTime)
{
    internal static ObjectShape Shape { get; } = new(
        new Field("waiver", Waiver.Shape, Required: true),
        new Field("signer", SignerEvidence.Shape),
        new Field("integrated_time", new TimeShape()));

    internal static WaiverEvidence Read(JsonObject json) => new(
        Waiver.FromChecked(json["waiver"]!.AsObject()), SignerEvidence.Read(json, "signer"), json.Time("integrated_time"));

    public JsonObject ToJson()
    {
        var json = new JsonObject { ["waiver"] = Waiver.ToJson() };
        json.AddIfAny("signer", Signer?.ToJson());
        json.AddIfAny("integrated_time", IntegratedTime?.ToText());
        return json;
    }
}
